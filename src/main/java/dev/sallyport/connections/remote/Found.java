package dev.sallyport.connections.remote;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a discovery came to, before scopes are chosen.
///
/// @param challenged the scopes of the challenge that the probe got
/// @param supported the scopes of the resource's metadata
record Found(
    AuthorizationServer server, String resource, List<String> challenged, List<String> supported) {

  /// The first who says anything about scopes has the word.
  RemoteResource resource(ConnectionSettings settings, @Nullable Challenge challenge) {
    List<String> asked = challenge == null ? challenged : challenge.scopes();
    List<String> scopes =
        !settings.scopes().isEmpty() ? settings.scopes() : !asked.isEmpty() ? asked : supported;
    return new RemoteResource(server, resource, scopes);
  }
}
