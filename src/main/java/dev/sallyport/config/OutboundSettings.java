package dev.sallyport.config;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Whom we call and whom we believe. `allow` lists hosts, IP literals and CIDR ranges that fetches
/// may reach although they are private or plain http; `trustedProxies` the addresses whose
/// `X-Forwarded-For` counts, `askingProxies` those that may ask for a verdict; `caFile` is added to
/// the system roots.
public record OutboundSettings(
    List<String> allow,
    List<String> trustedProxies,
    List<String> askingProxies,
    @Nullable Path caFile,
    @Nullable String proxy) {}
