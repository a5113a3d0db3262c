package dev.sallyport.roles;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.audit.AuditEntry;
import dev.sallyport.audit.AuditEventName;
import dev.sallyport.authz.ActorKind;
import dev.sallyport.authz.Permission;
import dev.sallyport.authz.Scope;
import dev.sallyport.roles.Assignments.MappedRole;
import dev.sallyport.testing.RunningServer;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// What group mappings give and take, on the database.
@ExtendWith(RunningServer.Extension.class)
class MappedRolesIT {
  private static final Scope TEST = Scope.of(Map.of("env", List.of("test")));
  private RolesDatabase database;

  @BeforeEach
  void open(RunningServer server) throws SQLException {
    database = new RolesDatabase(server);
  }

  @AfterEach
  void close() throws SQLException {
    database.close();
  }

  private void map(String provider, String... roles) {
    database.run(() -> database.assignments.replaceMapped("usr_1", provider, Set.of(roles)));
  }

  private Stream<String> held() {
    return database.assignments.of(ActorKind.USER, "usr_1").stream()
        .map(held -> held.role() + " " + held.source());
  }

  @Test
  void mappedWhenFirstThenHeld() {
    map("idp_1", "r-viewer", "r-auditor");

    assertThat(held())
        .containsExactlyInAnyOrder("r-viewer provider:idp_1", "r-auditor provider:idp_1");
    assertThat(database.roles.grantsOf(ActorKind.USER, "usr_1"))
        .containsEntry(Permission.AUDIT_EXPORT, Scope.EVERYTHING);
  }

  @Test
  void mappedWhenTheGroupIsGoneThenTheRoleIsToo() {
    map("idp_1", "r-viewer", "r-auditor");
    String kept = database.assignments.of(ActorKind.USER, "usr_1").getLast().id();
    map("idp_1", "r-viewer");

    assertThat(database.assignments.of(ActorKind.USER, "usr_1"))
        .extracting(AssignmentDetails::id)
        .containsExactly(kept);
    map("idp_1");
    assertThat(held()).isEmpty();
    assertThat(database.roles.grantsOf(ActorKind.USER, "usr_1")).isEmpty();
  }

  @Test
  void mappedWhenGivenByHandTooThenThatStays() {
    map("idp_1", "r-viewer");
    database.sql.update(
        """
        insert into assignment (id, actor_kind, actor_id, role_id, created_at, created_by)
        values ('asg_1', 'user', 'usr_1', 'r-viewer', now(), 'x')
        """);
    map("idp_1");

    assertThat(held()).containsExactly("r-viewer manual");
  }

  @Test
  void mappedWhenByTwoProvidersThenEachKeepsItsOwn() {
    map("idp_1", "r-viewer");
    map("idp_2", "r-auditor");
    map("idp_1");

    assertThat(held()).containsExactly("r-auditor provider:idp_2");
    database.assignments.removeMapped("idp_2");
    assertThat(held()).isEmpty();
  }

  @Test
  void mappedWhenScopedThenHeldThere() {
    database.run(
        () ->
            database.assignments.replaceMappedRoles(
                "usr_1",
                "idp_1",
                List.of(new MappedRole("r-viewer", TEST), new MappedRole("r-viewer", TEST))));

    assertThat(held()).hasSize(1);
    assertThat(database.roles.grantsOf(ActorKind.USER, "usr_1"))
        .containsEntry(Permission.APP_READ, TEST)
        .doesNotContainKey(Permission.ISSUER_READ);
    map("idp_1", "r-viewer");
    assertThat(database.roles.grantsOf(ActorKind.USER, "usr_1"))
        .containsEntry(Permission.APP_READ, Scope.EVERYTHING)
        .containsKey(Permission.ISSUER_READ);
  }

  @Test
  void mappedWhenSomethingChangedThenAuditedOnce() {
    map("idp_1", "r-viewer");
    map("idp_1", "r-viewer");
    map("idp_1", "r-auditor");

    assertThat(database.audited)
        .extracting(AuditEntry::event)
        .containsExactly(AuditEventName.ROLES_MAPPED, AuditEventName.ROLES_MAPPED);
    assertThat(database.audited.getLast().details())
        .containsEntry("given", "r-auditor")
        .containsEntry("taken", "r-viewer");
  }

  @Test
  void expiredWhenRemovedThenAuditedAndTheRestStays() {
    map("idp_1", "r-viewer");
    database.run(
        () ->
            database.assignments.setOfKey(
                ActorKind.API_KEY, "key_1", "r-auditor", null, database.now));
    database.audited.clear();
    assertThat(database.roles.grantsOf(ActorKind.API_KEY, "key_1")).isEmpty();
    database.assignments.removeExpired();

    assertThat(database.audited)
        .singleElement()
        .satisfies(
            entry -> {
              assertThat(entry.event()).isEqualTo(AuditEventName.ASSIGNMENT_EXPIRED);
              assertThat(entry.details()).containsEntry("actor", "api-key key_1");
            });
    assertThat(held()).containsExactly("r-viewer provider:idp_1");
  }
}
