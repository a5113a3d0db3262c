package dev.sallyport.roles;

import dev.sallyport.audit.AuditEntry;
import dev.sallyport.audit.AuditLog;
import dev.sallyport.audit.DenialQueue;
import dev.sallyport.authz.Actor;
import dev.sallyport.authz.ActorKind;
import dev.sallyport.authz.Actors;
import dev.sallyport.authz.CallContext;
import dev.sallyport.persistence.Sql;
import dev.sallyport.persistence.SqlFixture;
import dev.sallyport.testing.RunningServer;
import dev.sallyport.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// The services on the running server's database, within one transaction that is rolled back:
/// nobody else sees that there are no other assignments in it.
public final class RolesDatabase implements AutoCloseable {
  public final Instant now = Instant.parse("2030-01-01T12:00:00Z");
  public final Set<String> gone = new TreeSet<>();
  public final List<AuditEntry> audited = new ArrayList<>();
  public final RoleDirectory roles = new RoleDirectory();
  public final Assignments assignments = new Assignments();
  public final Conferral conferral = new Conferral();
  public final Sql sql;

  private final Connection connection;

  public RolesDatabase(RunningServer server) throws SQLException {
    connection = TestDatabase.connect(server);
    connection.setAutoCommit(false);
    sql = SqlFixture.over(connection);
    sql.update("delete from assignment");
    Clock clock = Clock.fixed(now, ZoneOffset.UTC);
    AssignmentStore store = new AssignmentStore();
    store.sql = sql;
    store.clock = clock;
    roles.sql = sql;
    roles.clock = clock;
    roles.actors = new Everybody();
    assignments.sql = sql;
    assignments.store = store;
    assignments.roles = roles;
    assignments.actors = roles.actors;
    assignments.audit = new Audit();
    conferral.roles = roles;
    conferral.actors = roles.actors;
    conferral.clock = clock;
    conferral.denials = new Denials();
  }

  /// Everybody exists who is neither gone nor deactivated, and holds what was assigned.
  private final class Everybody extends Actors {
    @Override
    public Optional<Actor> find(ActorKind kind, String id) {
      return find(kind, id, now);
    }

    @Override
    public Optional<Actor> find(ActorKind kind, String id, Instant at) {
      return gone.contains(id) || isDeactivated(id)
          ? Optional.empty()
          : Optional.of(new Actor(kind, id, "name of " + id, roles.grantsOf(kind, id, at)));
    }

    private boolean isDeactivated(String id) {
      return sql.first(
              "select id from app_user where id = ? and deactivated_at is not null",
              row -> row.text("id"),
              id)
          .isPresent();
    }

    @Override
    public NavigableSet<Instant> ends(ActorKind kind, String id) {
      return new TreeSet<>(roles.endsOf(kind, id));
    }
  }

  private static final class Denials extends DenialQueue {
    @Override
    public void offer(AuditEntry entry, CallContext context) {
      // what is refused here is nobody's business
    }
  }

  /// What services that use the database record in.
  public AuditLog audit() {
    return assignments.audit;
  }

  private final class Audit extends AuditLog {
    @Override
    public void record(AuditEntry entry) {
      audited.add(entry);
    }
  }

  public void run(Runnable work) {
    CallContext.system().run(work);
  }

  @Override
  public void close() throws SQLException {
    connection.rollback();
    connection.close();
  }
}
