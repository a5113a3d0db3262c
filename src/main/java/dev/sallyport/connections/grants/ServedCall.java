package dev.sallyport.connections.grants;

import org.jspecify.annotations.Nullable;

/// A call that goes to an app.
///
/// @param url of the app's server
/// @param sessionId the session, where each connects for itself
public record ServedCall(Person person, String appId, String url, @Nullable String sessionId) {}
