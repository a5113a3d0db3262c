package dev.sallyport.keyring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.audit.AuditEntry;
import dev.sallyport.audit.AuditEventName;
import dev.sallyport.audit.AuditLog;
import dev.sallyport.cluster.Change;
import dev.sallyport.cluster.Changes;
import dev.sallyport.crypto.Secret;
import dev.sallyport.crypto.Vault;
import dev.sallyport.persistence.Sql;
import dev.sallyport.persistence.SqlFixture;
import dev.sallyport.testing.Await;
import dev.sallyport.testing.RunningServer;
import dev.sallyport.testing.TestDatabase;
import dev.sallyport.testing.Unique;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;

/// Nodes that start at the same moment on a database without keys. The table is this test's own, in
/// a schema before the server's.
@ResourceLock(Rings.ALONE)
@ExtendWith(RunningServer.Extension.class)
class FirstKeyIT {
  private static final KeyPurpose PURPOSE = KeyPurpose.API_TOKENS;
  private static final Vault VAULT =
      new Vault(new Secret("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="));

  private final String schema = Unique.name("keys").replace('-', '_');
  private final List<AuditEventName> audited = Collections.synchronizedList(new ArrayList<>());
  private RunningServer server;

  @BeforeEach
  void open(RunningServer running) throws SQLException {
    server = running;
    run(
        "create schema " + schema,
        "create table %s.key_ring (like public.key_ring including all)".formatted(schema));
  }

  @AfterEach
  void close() throws SQLException {
    run("drop schema " + schema + " cascade");
  }

  private void run(String... statements) throws SQLException {
    try (Connection connection = TestDatabase.own(server);
        var sql = connection.createStatement()) {
      for (String statement : statements) {
        sql.execute(statement);
      }
    }
  }

  /// A node in the middle of a transaction.
  private final class Node implements AutoCloseable {
    private final Connection connection = TestDatabase.own(server);
    private final Sql sql = SqlFixture.over(connection);
    private final KeyRotation rotation = new KeyRotation();

    Node() throws SQLException {
      connection.setAutoCommit(false);
      sql.update("set search_path to " + schema + ", public");
      rotation.store = new KeyStore();
      rotation.store.sql = sql;
      rotation.store.vault = VAULT;
      rotation.clock = Clock.systemUTC();
      rotation.audit =
          new AuditLog() {
            @Override
            public void record(AuditEntry entry) {
              audited.add(entry.event());
            }
          };
      rotation.changes =
          new Changes() {
            @Override
            public void tell(Change.Kind kind, Collection<String> refs) {}
          };
    }

    List<String> keys() {
      return rotation.keysOf(PURPOSE).stream().map(RingKey::id).toList();
    }

    /// How many wait for this one.
    boolean isWaitedFor() {
      return sql.first(
              """
              select pid from pg_stat_activity
              where pg_blocking_pids(pid) @> array[pg_backend_pid()]
              """,
              row -> row.number("pid"))
          .isPresent();
    }

    @Override
    public void close() throws SQLException {
      connection.rollback();
      connection.close();
    }
  }

  @Test
  void keysWhenTwoNodesMakeTheFirstAtOnceThenItIsOne() throws SQLException {
    try (Node one = new Node();
        Node other = new Node()) {
      List<String> made = one.keys();
      CompletableFuture<List<String>> meanwhile = CompletableFuture.supplyAsync(other::keys);
      Await.until("the other node waits", () -> one.isWaitedFor() || meanwhile.isDone());
      one.connection.commit();

      assertThat(made).hasSize(1);
      assertThat(meanwhile.join()).isEqualTo(made);
      assertThat(one.keys()).isEqualTo(made);
      assertThat(audited).containsExactly(AuditEventName.SIGNING_KEY_CREATED);
    }
  }

  @Test
  void keysWhenTheFirstNodeFailsThenTheOtherMakesIt() throws SQLException {
    try (Node other = new Node()) {
      List<String> lost;
      CompletableFuture<List<String>> meanwhile;
      try (Node one = new Node()) {
        lost = one.keys();
        meanwhile = CompletableFuture.supplyAsync(other::keys);
        Await.until("the other node waits", () -> one.isWaitedFor() || meanwhile.isDone());
      }
      assertThat(meanwhile.join()).hasSize(1).doesNotContainAnyElementsOf(lost);
    }
  }
}
