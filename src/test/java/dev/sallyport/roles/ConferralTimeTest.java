package dev.sallyport.roles;

import static dev.sallyport.authz.Permission.APP_EDIT;
import static dev.sallyport.authz.Permission.APP_READ;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.authz.Actor;
import dev.sallyport.authz.ActorKind;
import dev.sallyport.authz.ActorSource;
import dev.sallyport.authz.Actors;
import dev.sallyport.authz.Permission;
import dev.sallyport.authz.Scope;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Ann reads until six and edits until three.
class ConferralTimeTest {
  private static final Instant NOON = Instant.parse("2030-01-01T12:00:00Z");
  private static final Instant THREE = Instant.parse("2030-01-01T15:00:00Z");
  private static final Instant SIX = Instant.parse("2030-01-01T18:00:00Z");
  private static final Actor ANN =
      Actor.holding(ActorKind.USER, "usr_1", "ann", Set.of(APP_READ, APP_EDIT));
  private static final Map<Permission, Scope> READ = Map.of(APP_READ, Scope.EVERYTHING);
  private static final Map<Permission, Scope> BOTH =
      Map.of(APP_READ, Scope.EVERYTHING, APP_EDIT, Scope.EVERYTHING);

  private final Conferral conferral = new Conferral();

  @BeforeEach
  void prepare() {
    conferral.clock = Clock.fixed(NOON, ZoneOffset.UTC);
    conferral.actors = new OnlyAnn();
  }

  private static final class OnlyAnn extends Actors implements ActorSource {
    @Override
    public Optional<Actor> find(ActorKind kind, String id, Instant at) {
      Set<Permission> held = at.isBefore(THREE) ? Set.of(APP_READ, APP_EDIT) : Set.of(APP_READ);
      return at.isBefore(SIX)
          ? Optional.of(Actor.holding(kind, id, "ann", held))
          : Optional.empty();
    }

    @Override
    public NavigableSet<Instant> ends(ActorKind kind, String id) {
      return new TreeSet<>(Set.of(SIX, THREE));
    }
  }

  private static Conferral.Conferred until(Instant end, Map<Permission, Scope> grants) {
    return moment -> end.isAfter(moment) ? grants : Map.of();
  }

  @Test
  void shortfallWhenItEndsWithWhatIsHeldThenNone() {
    assertThat(conferral.shortfall(ANN, until(SIX, READ))).isEmpty();
    assertThat(conferral.shortfall(ANN, until(THREE, BOTH))).isEmpty();
  }

  @Test
  void shortfallWhenItLastsLongerThenTheFirstEndAndWhatEndsThere() {
    assertThat(conferral.shortfall(ANN, until(SIX.plusNanos(1_000), READ)))
        .contains(new Conferral.Shortfall(APP_READ, SIX));
    assertThat(conferral.shortfall(ANN, until(SIX, BOTH)))
        .contains(new Conferral.Shortfall(APP_EDIT, THREE));
    assertThat(conferral.shortfall(ANN, moment -> READ))
        .contains(new Conferral.Shortfall(APP_READ, SIX));
  }

  @Test
  void shortfallWhenLessIsConferredLaterThenNone() {
    assertThat(
            conferral.shortfall(
                ANN, moment -> until(THREE, BOTH).at(moment).isEmpty() ? Map.of() : READ))
        .isEmpty();
  }

  @Test
  void shortfallWhenNotHeldNowThenAtOnce() {
    assertThat(
            conferral.shortfall(ANN, until(THREE, Map.of(Permission.APP_DELETE, Scope.EVERYTHING))))
        .contains(new Conferral.Shortfall(Permission.APP_DELETE, null));
  }
}
