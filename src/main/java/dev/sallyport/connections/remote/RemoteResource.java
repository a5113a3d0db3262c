package dev.sallyport.connections.remote;

import java.util.List;

/// Where people sign in for an app, and for what.
///
/// @param resource what the token is for (RFC 8707)
/// @param scopes what to ask for: as configured, else of the challenge, else of the resource's
///     metadata; empty where nobody says
public record RemoteResource(AuthorizationServer server, String resource, List<String> scopes) {}
