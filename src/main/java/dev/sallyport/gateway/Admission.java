package dev.sallyport.gateway;

import dev.sallyport.appsessions.Entry;
import dev.sallyport.appsessions.LiveToken;
import dev.sallyport.connections.AuthRequired;

/// What became of a token that this node did not know.
sealed interface Admission {
  /// It is in, with all that its calls take along.
  record In(LiveToken token) implements Admission {}

  /// It is in, but its person must connect an account before anything can be passed on.
  record Waiting(LiveToken token, AuthRequired need) implements Admission {}

  record Refused(Entry.Refused refusal) implements Admission {}
}
