package dev.sallyport.apps;

import org.jspecify.annotations.Nullable;

/// What a proxy or app server says of itself: where it serves the app, and for how long that may be
/// believed (ISO 8601; a minute unless said otherwise).
public record UpstreamReport(@Nullable String url, @Nullable String lease) {}
