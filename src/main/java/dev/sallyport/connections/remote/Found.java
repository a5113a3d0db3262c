package dev.sallyport.connections.remote;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a discovery came to, before scopes are chosen.
///
/// @param challenged the scopes of the challenge that the probe got
/// @param supported the scopes of the resource's metadata
/// @param pointer where the app's server had pointed to when it refused a call; absent where it
///     never did
record Found(
    AuthorizationServer server,
    String resource,
    List<String> challenged,
    List<String> supported,
    @Nullable String pointer) {

  /// The first who says anything about scopes has the word.
  RemoteResource resource(ConnectionSettings settings, @Nullable Challenge challenge) {
    List<String> asked =
        challenge == null || challenge.scopes().isEmpty() ? challenged : challenge.scopes();
    List<String> scopes =
        !settings.scopes().isEmpty() ? settings.scopes() : !asked.isEmpty() ? asked : supported;
    return new RemoteResource(server, resource, scopes);
  }
}
