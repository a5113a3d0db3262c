package dev.sallyport.roles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.authz.Permission;
import dev.sallyport.problem.FieldProblem;
import dev.sallyport.problem.SallyportException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RoleCheckTest {
  private static void assertRefused(RoleInput input, String field, String detail) {
    assertThatThrownBy(() -> RoleCheck.of(input))
        .isInstanceOfSatisfying(
            SallyportException.class,
            e -> {
              assertThat(e.errors()).extracting(FieldProblem::field).containsExactly(field);
              assertThat(e.detail()).contains(detail);
            });
  }

  private static RoleInput named(@Nullable String name) {
    return new RoleInput(name, null, List.of("app.read"));
  }

  @Test
  void checkWhenRightThenItsParts() {
    RoleCheck role =
        RoleCheck.of(new RoleInput(" Deploy ", "a\nb", List.of("app.read", "app.read")));
    assertThat(role.name()).isEqualTo("Deploy");
    assertThat(role.permissions()).containsExactly(Permission.APP_READ);
  }

  @Test
  void checkWhenNameIsWrongThenRefused() {
    assertRefused(named(null), "name", "1 to 100");
    assertRefused(named("  "), "name", "1 to 100");
    assertRefused(named("x".repeat(101)), "name", "1 to 100");
    assertRefused(named("a\tb"), "name", "control");
  }

  @Test
  void checkWhenDescriptionIsWrongThenRefused() {
    assertRefused(
        new RoleInput("a", "x".repeat(1_001), List.of("app.read")), "description", "1,000");
    assertRefused(new RoleInput("a", "\0", List.of("app.read")), "description", "control");
  }

  @Test
  void checkWhenPermissionsAreUnknownThenEachIsListed() {
    assertRefused(
        new RoleInput("a", null, Arrays.asList("app.read", "app.fly", null, "App.Read")),
        "permissions",
        "knows no app.fly, null, App.Read;");
  }

  @Test
  void checkWhenPermissionsAreMissingThenRefused() {
    assertRefused(new RoleInput("a", null, null), "permissions", "at least one");
    assertRefused(new RoleInput("a", null, List.of()), "permissions", "at least one");
  }
}
