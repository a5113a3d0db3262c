package dev.sallyport.apps;

import org.jspecify.annotations.Nullable;

/// An upstream as it is asked for.
public record UpstreamInput(@Nullable String name, @Nullable String url) {}
