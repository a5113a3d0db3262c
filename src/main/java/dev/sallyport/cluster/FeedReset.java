package dev.sallyport.cluster;

/// Fired when changes may have been missed for good: whoever caches forgets everything.
public record FeedReset() {}
