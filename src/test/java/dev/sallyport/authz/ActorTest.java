package dev.sallyport.authz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ActorTest {
  @Test
  void mayWhenHeldThenOnlyThat() {
    Actor actor = Actor.holding(ActorKind.API_KEY, "key_1", "ci", Set.of(Permission.APP_READ));
    assertThat(actor.may(Permission.APP_READ)).isTrue();
    assertThat(actor.may(Permission.APP_EDIT)).isFalse();
  }

  @Test
  void newWhenSetChangesLaterThenActorDoesNot() {
    Set<Permission> given = EnumSet.of(Permission.APP_READ);
    Actor actor = Actor.holding(ActorKind.USER, "u", "ann", given);
    given.add(Permission.APP_DELETE);
    assertThat(actor.permissions()).containsExactly(Permission.APP_READ);
    assertThatThrownBy(() -> actor.permissions().add(Permission.APP_EDIT))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void builtInActorsHoldNothing() {
    assertThat(Actor.SYSTEM.permissions()).isEmpty();
    assertThat(Actor.ANONYMOUS.permissions()).isEmpty();
    assertThat(Actor.ANONYMOUS.isAnonymous()).isTrue();
    assertThat(Actor.SYSTEM.isAnonymous()).isFalse();
  }

  @ParameterizedTest
  @EnumSource
  void ofCodeWhenCodeOfKindThenKind(ActorKind kind) {
    assertThat(kind.code()).matches("[a-z-]+");
    assertThat(ActorKind.ofCode(kind.code())).isEqualTo(kind);
  }

  @ParameterizedTest
  @EnumSource
  void findWhenNameOfPermissionThenPermission(Permission permission) {
    assertThat(permission.permissionName()).matches("[a-z_]+(\\.[a-z_]+)+");
    assertThat(Permission.find(permission.permissionName())).contains(permission);
  }

  @Test
  void findWhenUnknownThenEmpty() {
    assertThat(Permission.find("app.fly")).isEmpty();
  }
}
