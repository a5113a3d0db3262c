package dev.sallyport.gateway.entry;

import dev.sallyport.appsessions.Entry;
import dev.sallyport.appsessions.LiveToken;

/// What became of a token that this node did not know.
public sealed interface Admission {
  record In(LiveToken token) implements Admission {}

  /// @param isHidden whether the app must look like none to who brought the token
  record Refused(Entry.Refused refusal, boolean isHidden) implements Admission {}
}
