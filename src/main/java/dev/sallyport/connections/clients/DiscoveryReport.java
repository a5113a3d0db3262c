package dev.sallyport.connections.clients;

import dev.sallyport.connections.remote.DiscoveryStep;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What was found out about connecting to an app, step by step.
///
/// @param outcome the worst of the steps': ok, warning or failed
/// @param clientKind as which client this gateway would come: `pre_registered`,
///     `metadata_document` or `registered`; absent where there is none, or nothing to be one of
/// @param redirectUri what a client must be registered with
public record DiscoveryReport(
    String outcome,
    @Nullable String issuer,
    @Nullable String resource,
    List<String> scopes,
    @Nullable String clientKind,
    @Nullable String redirectUri,
    List<DiscoveryStep> steps) {}
