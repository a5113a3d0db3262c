package dev.sallyport.gateway;

import dev.sallyport.appsessions.Entry;

/// What became of a token that this node did not know.
sealed interface Admission {
  record In(Provided provided) implements Admission {}

  record Refused(Entry.Refused refusal) implements Admission {}
}
