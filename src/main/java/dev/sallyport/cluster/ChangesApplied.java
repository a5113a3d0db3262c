package dev.sallyport.cluster;

/// Fired at the end of every read of the feed, be there changes or not: what is dear to rebuild is
/// rebuilt here, once for all changes of the read. A read whose observers fail is not finished, and
/// the next one fires again.
public record ChangesApplied() {}
