package dev.sallyport.authz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.problem.ProblemType;
import dev.sallyport.problem.SallyportException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AccessTest {
  private final RecordedEvents<AccessDenied> denied = new RecordedEvents<>();
  private final Access access = new Access();

  AccessTest() {
    access.denied = denied;
  }

  private void require(Actor actor) {
    new CallContext(actor, "127.0.0.1", "req_1").run(() -> access.require(Permission.APP_EDIT));
  }

  private void assertRefused(Actor actor, ProblemType type, String sentence) {
    assertThatThrownBy(() -> require(actor))
        .isInstanceOfSatisfying(
            SallyportException.class,
            e -> {
              assertThat(e.type()).isEqualTo(type);
              assertThat(e.detail()).isEqualTo(sentence);
            });
  }

  @Test
  void requireWhenHeldThenReturns() {
    require(Actor.holding(ActorKind.USER, "u", "ann", Set.of(Permission.APP_EDIT)));
    assertThat(denied.fired()).isEmpty();
  }

  @Test
  void requireWhenLackingThenForbiddenByNameAndTold() {
    Actor actor = Actor.holding(ActorKind.USER, "u", "ann", Set.of(Permission.APP_READ));
    assertRefused(actor, ProblemType.FORBIDDEN, "This needs the permission app.edit.");
    assertThat(denied.fired())
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.permission()).isEqualTo(Permission.APP_EDIT);
              assertThat(event.context().actor()).isEqualTo(actor);
            });
  }

  @Test
  void requireWhenAnonymousThenUnauthenticatedAndNotTold() {
    assertRefused(
        Actor.ANONYMOUS,
        ProblemType.UNAUTHENTICATED,
        "This needs a signed-in actor, or an API key as `Authorization: Bearer sp_…`.");
    assertThat(denied.fired()).isEmpty();
  }

  @Test
  void requireWhenSystemThenForbidden() {
    assertRefused(Actor.SYSTEM, ProblemType.FORBIDDEN, "This needs the permission app.edit.");
  }

  @Test
  void requireWhenNoContextThenRefused() {
    assertThatThrownBy(() -> access.require(Permission.APP_READ))
        .isInstanceOf(SallyportException.class);
  }

  private static final Scope TEST = Scope.of(Map.of("env", List.of("test")));

  private static Actor editorOf(Scope scope) {
    return new Actor(ActorKind.USER, "u", "ann", Map.of(Permission.APP_EDIT, scope));
  }

  @Test
  void requireWhenHeldOnlySomewhereThenRefuses() {
    assertRefused(editorOf(TEST), ProblemType.FORBIDDEN, "This needs the permission app.edit.");
  }

  @Test
  void scopeWhenHeldSomewhereThenThatScope() {
    new CallContext(editorOf(TEST), "127.0.0.1", "req_1")
        .run(() -> assertThat(access.scope(Permission.APP_EDIT)).isEqualTo(TEST));
  }

  @Test
  void scopeWhenHeldNowhereThenRefuses() {
    new CallContext(editorOf(TEST), "127.0.0.1", "req_1")
        .run(
            () ->
                assertThatThrownBy(() -> access.scope(Permission.APP_READ))
                    .isInstanceOf(SallyportException.class));
  }
}
