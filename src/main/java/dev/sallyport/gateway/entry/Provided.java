package dev.sallyport.gateway.entry;

import dev.sallyport.appsessions.LiveToken;
import dev.sallyport.connections.AuthRequired;

/// What came of asking what a token's calls take along.
public sealed interface Provided {
  /// All that they need.
  record Ready(Passage passage) implements Provided {}

  /// Nothing yet: the person must connect an account before anything can be passed on.
  record Needed(LiveToken token, AuthRequired need) implements Provided {}
}
