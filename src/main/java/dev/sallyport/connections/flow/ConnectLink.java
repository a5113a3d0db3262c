package dev.sallyport.connections.flow;

import java.time.Instant;
import java.util.Set;

/// A link that an agent was given, and what it is for.
///
/// @param scopes what to ask the authorization server for
public record ConnectLink(String id, Caller caller, Set<String> scopes, Instant expiresAt) {}
