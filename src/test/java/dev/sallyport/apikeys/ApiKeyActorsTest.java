package dev.sallyport.apikeys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.authz.Actor;
import dev.sallyport.authz.ActorKind;
import dev.sallyport.authz.Permission;
import dev.sallyport.authz.Scope;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ApiKeyActorsTest {
  private static final Scope TEST = Scope.of(Map.of("env", List.of("test")));
  private static final Scope PROD = Scope.of(Map.of("env", List.of("prod")));

  private static Actor owner(Map<Permission, Scope> grants) {
    return new Actor(ActorKind.USER, "usr_1", "alice", grants);
  }

  @Test
  void cappedWhenOwnerHoldsItAllThenAll() {
    var grants = Map.of(Permission.APP_READ, TEST, Permission.APP_EDIT, TEST);
    Actor admin = Actor.holding(ActorKind.USER, "usr_1", "alice", Set.of(Permission.values()));

    assertThat(ApiKeyActors.capped(grants, admin)).isEqualTo(grants);
  }

  @Test
  void cappedWhenOwnerLostAPermissionThenTheKeyLostIt() {
    var grants = Map.of(Permission.APP_READ, Scope.EVERYTHING, Permission.APP_EDIT, TEST);
    Actor reader = owner(Map.of(Permission.APP_READ, Scope.EVERYTHING));

    assertThat(ApiKeyActors.capped(grants, reader))
        .isEqualTo(Map.of(Permission.APP_READ, Scope.EVERYTHING));
  }

  @Test
  void cappedWhenOwnerIsScopedThenSoIsTheKey() {
    var grants = Map.of(Permission.APP_READ, Scope.EVERYTHING, Permission.APP_EDIT, PROD);
    Actor scoped = owner(Map.of(Permission.APP_READ, TEST, Permission.APP_EDIT, TEST));

    assertThat(ApiKeyActors.capped(grants, scoped)).isEqualTo(Map.of(Permission.APP_READ, TEST));
  }

  @Test
  void cappedWhenOwnerHoldsMoreThenTheKeyDoesNot() {
    Actor strong = owner(Map.of(Permission.APP_READ, TEST, Permission.APP_EDIT, TEST));

    assertThat(ApiKeyActors.capped(Map.of(Permission.APP_READ, TEST), strong))
        .isEqualTo(Map.of(Permission.APP_READ, TEST));
  }
}
