package dev.sallyport.roles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.audit.AuditEntry;
import dev.sallyport.audit.AuditEventName;
import dev.sallyport.authz.ActorKind;
import dev.sallyport.authz.Scope;
import dev.sallyport.problem.ProblemType;
import dev.sallyport.problem.SallyportException;
import dev.sallyport.testing.RunningServer;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Who counts as an administrator, on a database where nobody else is one.
@ExtendWith(RunningServer.Extension.class)
class LastAdminIT {
  private RolesDatabase database;

  @BeforeEach
  void open(RunningServer server) throws SQLException {
    database = new RolesDatabase(server);
  }

  @AfterEach
  void close() throws SQLException {
    database.close();
  }

  private void admin(String id, @Nullable Scope scope, @Nullable Instant expiry) {
    database.run(
        () ->
            database.assignments.setOfKey(
                ActorKind.API_KEY, id, RoleDirectory.ADMIN, scope, expiry));
  }

  private void assertNoneIsLeft() {
    assertThatThrownBy(database.assignments::requireAnAdminLeft)
        .isInstanceOfSatisfying(
            SallyportException.class, e -> assertThat(e.type()).isEqualTo(ProblemType.LAST_ADMIN));
  }

  @Test
  void adminWhenNobodyIsThenNone() {
    assertThat(database.roles.hasAdmin()).isFalse();
    assertNoneIsLeft();
  }

  @Test
  void adminWhenForGoodThenLeft() {
    admin("key_1", null, null);

    assertThat(database.roles.hasAdmin()).isTrue();
    assertThatCode(database.assignments::requireAnAdminLeft).doesNotThrowAnyException();
  }

  @Test
  void adminWhenUntilATimeThenOneNowButNoneToRelyOn() {
    admin("key_1", null, database.now.plusSeconds(60));

    assertThat(database.roles.hasAdmin()).isTrue();
    assertNoneIsLeft();
  }

  @Test
  void adminWhenTimeIsOverThenNone() {
    admin("key_1", null, database.now);

    assertThat(database.roles.hasAdmin()).isFalse();
  }

  @Test
  void adminWhenScopedThenNone() {
    admin("key_1", Scope.of(Map.of("env", List.of("test"))), null);

    assertThat(database.roles.hasAdmin()).isFalse();
    assertNoneIsLeft();
  }

  @Test
  void adminWhenTheActorIsGoneThenNone() {
    admin("key_1", null, null);
    database.gone.add("key_1");

    assertThat(database.roles.hasAdmin()).isFalse();
    assertNoneIsLeft();
  }

  @Test
  void adminWhenRemovedThenNone() {
    admin("key_1", null, null);
    database.assignments.removeOf(ActorKind.API_KEY, "key_1");

    assertNoneIsLeft();
  }

  @Test
  void adminWhenTheKeyIsNarrowedThenNone() {
    admin("key_1", null, null);
    database.run(
        () -> database.assignments.setOfKey(ActorKind.API_KEY, "key_1", "r-viewer", null, null));

    assertNoneIsLeft();
  }

  @Test
  void firstAdminWhenThereIsNoneThenGrantedOnce() {
    database.run(
        () -> {
          assertThat(database.assignments.grantFirstAdmin("usr_1", "idp_1")).isTrue();
          assertThat(database.assignments.grantFirstAdmin("usr_2", "idp_1")).isFalse();
        });

    assertThat(database.assignments.of(ActorKind.USER, "usr_1"))
        .singleElement()
        .satisfies(
            given -> {
              assertThat(given.role()).isEqualTo("r-admin");
              assertThat(given.source()).isEqualTo("bootstrap");
              assertThat(given.actorName()).isEqualTo("name of usr_1");
            });
    assertThat(database.assignments.of(ActorKind.USER, "usr_2")).isEmpty();
    assertThat(database.audited)
        .extracting(AuditEntry::event)
        .containsExactly(AuditEventName.ASSIGNMENT_CREATED);
  }
}
