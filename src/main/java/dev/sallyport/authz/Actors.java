package dev.sallyport.authz;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/// Asks every [ActorSource] until one knows the actor.
@ApplicationScoped
public class Actors {
  @Inject @Any Instance<ActorSource> sources;
  @Inject Clock clock;

  /// The actor as it is now; empty when it is gone, expired or deactivated.
  public Optional<Actor> find(ActorKind kind, String id) {
    return find(kind, id, clock.instant());
  }

  /// The actor as it is at this moment, or will be at a later one if nobody changes anything.
  public Optional<Actor> find(ActorKind kind, String id, Instant at) {
    return sources.stream().flatMap(source -> source.find(kind, id, at).stream()).findFirst();
  }

  /// When the actor will hold less by the mere passing of time, the next one first.
  public NavigableSet<Instant> ends(ActorKind kind, String id) {
    var ends = new TreeSet<Instant>();
    sources.forEach(source -> ends.addAll(source.ends(kind, id)));
    return ends.tailSet(clock.instant(), false);
  }
}
