package dev.sallyport.users;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.appsessions.PersonSessions;
import dev.sallyport.audit.AuditEntry;
import dev.sallyport.audit.AuditEventName;
import dev.sallyport.authz.Actor;
import dev.sallyport.authz.ActorKind;
import dev.sallyport.authz.CallContext;
import dev.sallyport.authz.Permission;
import dev.sallyport.authz.RecordedEvents;
import dev.sallyport.consolesessions.ConsoleSessions;
import dev.sallyport.problem.ProblemType;
import dev.sallyport.problem.SallyportException;
import dev.sallyport.roles.RoleDirectory;
import dev.sallyport.roles.RolesDatabase;
import dev.sallyport.testing.RunningServer;
import dev.sallyport.testing.Unique;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Who may deactivate whom, on a database where nobody else is an administrator.
@ExtendWith(RunningServer.Extension.class)
class DeactivationIT {
  private final Deactivation deactivation = new Deactivation();
  private final UserStore users = new UserStore();
  private final RecordedEvents<UserDeactivated> fired = new RecordedEvents<>();
  private final String ann = Unique.name("usr");
  private RolesDatabase database;

  @BeforeEach
  void open(RunningServer server) throws SQLException {
    database = new RolesDatabase(server);
    users.sql = database.sql;
    users.clock = Clock.fixed(database.now, ZoneOffset.UTC);
    deactivation.users = users;
    deactivation.assignments = database.assignments;
    deactivation.roles = database.roles;
    deactivation.conferral = database.conferral;
    deactivation.appSessions = new NoSessions();
    deactivation.consoleSessions = new NoConsole();
    deactivation.deactivated = fired;
    deactivation.audit = database.audit();
    user(ann);
  }

  @AfterEach
  void close() throws SQLException {
    database.close();
  }

  private static final class NoSessions extends PersonSessions {
    @Override
    public int deactivate(String issuer, String subject, String by) {
      return 0;
    }

    @Override
    public void reactivate(String issuer, String subject) {
      // nothing was blocked
    }
  }

  private static final class NoConsole extends ConsoleSessions {
    @Override
    public int endOf(ActorKind kind, String actorId) {
      return 0;
    }
  }

  private void user(String id) {
    database.sql.update(
        """
        insert into app_user (id, issuer, subject, provider_id, display_name, groups, created_at)
        values (?, 'https://idp.test', ?, 'none', 'Ann', '[]', now())
        """,
        id,
        id);
  }

  private void administers(String id) {
    CallContext.system()
        .run(
            () ->
                database.assignments.setOfKey(ActorKind.USER, id, RoleDirectory.ADMIN, null, null));
  }

  private void deactivate(Actor caller) {
    new CallContext(caller, "127.0.0.1", "req_1")
        .run(() -> deactivation.deactivateAll(List.of(users.byId(ann).orElseThrow())));
  }

  private static Actor strong(ActorKind kind, String id) {
    return Actor.holding(kind, id, "caller", Set.of(Permission.values()));
  }

  private void assertRefused(Actor caller, ProblemType type) {
    assertThatThrownBy(() -> deactivate(caller))
        .isInstanceOfSatisfying(
            SallyportException.class,
            refused -> {
              assertThat(refused.type()).isEqualTo(type);
              assertThat(refused.type().status()).isEqualTo(409);
            });
    assertThat(database.audited)
        .extracting(AuditEntry::event)
        .doesNotContain(AuditEventName.USER_DEACTIVATED);
  }

  @Test
  void deactivateWhenItIsOneselfThenRefused() {
    assertRefused(strong(ActorKind.USER, ann), ProblemType.USER_IS_SELF);
    assertThat(fired.fired()).isEmpty();
  }

  @Test
  void deactivateWhenTheIdIsAKeysThenItIsNotOneself() {
    deactivate(strong(ActorKind.API_KEY, ann));

    assertThat(users.byId(ann).orElseThrow().isDeactivated()).isTrue();
    assertThat(fired.fired()).hasSize(1);
  }

  @Test
  void deactivateWhenNobodyElseAdministersThenRefused() {
    administers(ann);

    assertThatThrownBy(() -> deactivate(strong(ActorKind.API_KEY, "key_1")))
        .isInstanceOfSatisfying(
            SallyportException.class,
            refused -> assertThat(refused.type()).isEqualTo(ProblemType.LAST_ADMIN));
    assertThat(ProblemType.LAST_ADMIN.status()).isEqualTo(409);
  }

  @Test
  void deactivateWhenAnotherAdministersThenDone() {
    administers(ann);
    String other = Unique.name("usr");
    user(other);
    administers(other);

    deactivate(strong(ActorKind.USER, other));

    assertThat(users.byId(ann).orElseThrow().isDeactivated()).isTrue();
  }

  @Test
  void deactivateWhenTheOtherAdminIsDeactivatedThenRefused() {
    administers(ann);
    String other = Unique.name("usr");
    user(other);
    administers(other);
    users.deactivate(other, "test");

    assertThatThrownBy(() -> deactivate(strong(ActorKind.API_KEY, "key_1")))
        .isInstanceOfSatisfying(
            SallyportException.class,
            refused -> assertThat(refused.type()).isEqualTo(ProblemType.LAST_ADMIN));
  }

  @Test
  void reactivateWhenRolesLastLongerThanTheCallersThenRefused() {
    administers(ann);
    users.deactivate(ann, "test");
    CallContext.system()
        .run(
            () ->
                database.assignments.setOfKey(
                    ActorKind.API_KEY,
                    "key_1",
                    RoleDirectory.ADMIN,
                    null,
                    database.now.plusSeconds(60)));
    Actor temporary =
        new Actor(
            ActorKind.API_KEY,
            "key_1",
            "caller",
            database.roles.grantsOf(ActorKind.API_KEY, "key_1"));

    assertThatThrownBy(
            () ->
                new CallContext(temporary, "127.0.0.1", "req_1")
                    .run(() -> deactivation.reactivate(users.byId(ann).orElseThrow())))
        .isInstanceOfSatisfying(
            SallyportException.class,
            refused -> {
              assertThat(refused.type()).isEqualTo(ProblemType.CONFERS_MORE);
              assertThat(refused.detail()).contains("for longer than you hold it");
            });
  }
}
