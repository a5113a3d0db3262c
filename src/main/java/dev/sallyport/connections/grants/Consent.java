package dev.sallyport.connections.grants;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/// That a person lets an agent's client use their connection at an app.
///
/// @param agentClient what the agent's client calls itself; empty when it names itself by nothing
/// @param sessionId the one app session that it holds for; set when the client has no name
public record Consent(
    Person person,
    String agentClient,
    String appId,
    Set<String> scopes,
    @Nullable String sessionId) {}
