package dev.sallyport.authz;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CappedActorTest {
  private static final Scope TEST = Scope.of(Map.of("env", List.of("test")));
  private static final Scope PROD = Scope.of(Map.of("env", List.of("prod")));

  private static Map<Permission, Scope> capped(Map<Permission, Scope> grants, Actor owner) {
    return new Actor(ActorKind.API_KEY, "key_1", "ci", grants).cappedBy(owner).grants();
  }

  private static Actor owner(Map<Permission, Scope> grants) {
    return new Actor(ActorKind.USER, "usr_1", "alice", grants);
  }

  @Test
  void cappedWhenOwnerHoldsItAllThenAll() {
    var grants = Map.of(Permission.APP_READ, TEST, Permission.APP_EDIT, TEST);
    Actor admin = Actor.holding(ActorKind.USER, "usr_1", "alice", Set.of(Permission.values()));

    assertThat(capped(grants, admin)).isEqualTo(grants);
  }

  @Test
  void cappedWhenOwnerLostAPermissionThenTheKeyLostIt() {
    var grants = Map.of(Permission.APP_READ, Scope.EVERYTHING, Permission.APP_EDIT, TEST);
    Actor reader = owner(Map.of(Permission.APP_READ, Scope.EVERYTHING));

    assertThat(capped(grants, reader)).isEqualTo(Map.of(Permission.APP_READ, Scope.EVERYTHING));
  }

  @Test
  void cappedWhenOwnerIsScopedThenSoIsTheKey() {
    var grants = Map.of(Permission.APP_READ, Scope.EVERYTHING, Permission.APP_EDIT, PROD);
    Actor scoped = owner(Map.of(Permission.APP_READ, TEST, Permission.APP_EDIT, TEST));

    assertThat(capped(grants, scoped)).isEqualTo(Map.of(Permission.APP_READ, TEST));
  }

  @Test
  void cappedWhenOwnerHoldsMoreThenTheKeyDoesNot() {
    Actor strong = owner(Map.of(Permission.APP_READ, TEST, Permission.APP_EDIT, TEST));

    assertThat(capped(Map.of(Permission.APP_READ, TEST), strong))
        .isEqualTo(Map.of(Permission.APP_READ, TEST));
  }
}
