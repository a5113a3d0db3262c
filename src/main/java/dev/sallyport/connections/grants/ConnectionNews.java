package dev.sallyport.connections.grants;

import org.jspecify.annotations.Nullable;

/// What a person's calls may take along has changed, here or on another node.
///
/// @param person null for everybody
/// @param link the link that the person has followed to its end, if it was one
public record ConnectionNews(@Nullable Person person, @Nullable String link) {

  public boolean concerns(Person other) {
    return person == null || person.equals(other);
  }
}
