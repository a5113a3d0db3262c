package dev.sallyport.apps;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An app as it is asked for, over REST or in the console's form. Absent members take their
/// defaults.
public record AppInput(
    @Nullable String name,
    @Nullable String description,
    @Nullable String uri,
    @Nullable Map<String, String> labels,
    @Nullable List<UpstreamInput> upstreams,
    @Nullable List<String> allowedOrigins,
    @Nullable List<String> upstreamHosts,
    @Nullable Boolean discoverable,
    @Nullable String publicAddress,
    @Nullable Traffic traffic) {}
