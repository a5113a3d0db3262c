package dev.sallyport.audit.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.testing.Rest;
import dev.sallyport.testing.RunningServer;
import dev.sallyport.testing.TestDatabase;
import dev.sallyport.testing.Unique;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whatever is done to the audit behind the server's back shows. Each test mends what it broke, and
/// nobody else may write meanwhile.
@Isolated
@ExtendWith(RunningServer.Extension.class)
class AuditSealIT {
  private static Rest rest;
  private static Chain chain;
  private static String row;

  @BeforeAll
  static void sealARow(RunningServer server) throws SQLException {
    rest = Rest.admin(server);
    chain = new Chain(server);
    row = newRow();
    chain.awaitSealed(row);
  }

  @BeforeEach
  void verify() {
    assertThat(chain.verify().at("/ok")).isEqualTo("true");
  }

  private static String newRow() {
    String app = Unique.name("app");
    rest.post("apps", Map.of("name", app, "uri", "https://app.example/"));
    return rest.get("audit?event=app.created&resource=" + app).at("/items/0/id");
  }

  private void assertBroken(String id, String reason) {
    Rest.Answer found = chain.verify();
    assertThat(found.at("/ok")).isEqualTo("false");
    assertThat(found.at("/broken/row")).isEqualTo(id);
    assertThat(found.at("/broken/reason")).isEqualTo(reason);
  }

  @Test
  void verifyWhenWholeThenCountsItsRows() {
    Rest.Answer found = chain.verify();
    assertThat(Long.parseLong(found.at("/rows"))).isPositive();
    assertThat(Long.parseLong(found.at("/position"))).isPositive();
    assertThat(found.at("/broken")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "actor_name = 'nobody'",
        "at = at + interval '1 microsecond'",
        "outcome = 'denied'",
        "details = '{}'",
        "details = 'no json'",
        "app_id = null",
        "request_id = 'req_other'"
      })
  void verifyWhenRowIsChangedThenNamesIt(String change) throws SQLException {
    String copy = "create table tampered as select * from audit_event where id = '" + row + "'";
    chain.tamper(copy, "update audit_event set " + change + " where id = '" + row + "'");
    try {
      assertBroken(row, change.startsWith("at ") ? "row-missing" : "row-changed");
    } finally {
      restore();
    }
    assertThat(chain.verify().at("/ok")).isEqualTo("true");
  }

  @Test
  void verifyWhenRowIsRemovedThenNamesIt() throws SQLException {
    String copy = "create table tampered as select * from audit_event where id = '" + row + "'";
    chain.tamper(copy, "delete from audit_event where id = '" + row + "'");
    try {
      assertBroken(row, "row-missing");
    } finally {
      restore();
    }
    assertThat(chain.verify().at("/ok")).isEqualTo("true");
  }

  private void restore() throws SQLException {
    chain.tamper(
        "delete from audit_event where id = '" + row + "'",
        "insert into audit_event overriding system value select * from tampered",
        "drop table tampered");
  }

  @Test
  void verifyWhenRowIsPutIntoThePastThenNamesIt() throws SQLException {
    String forged = Unique.name("aud");
    chain.tamper(
        """
        insert into audit_event (id, seq, at, xid, category, event, actor_kind, actor_id,
          actor_name, outcome)
        overriding system value
        select '%s', -1, at, '3', category, event, actor_kind, actor_id, actor_name, outcome
        from audit_event where id = '%s'
        """
            .formatted(forged, row));
    try {
      assertBroken(forged, "row-inserted");
    } finally {
      chain.tamper("delete from audit_event where id = '" + forged + "'");
    }
  }

  @Test
  void verifyWhenSealIsRewrittenThenNamesIt() throws SQLException {
    String where = " where id = '" + row + "'";
    chain.tamper("update audit_seal_row set hash = sha256(hash) || ''" + where);
    Rest.Answer found = chain.verify();
    chain.tamper(
        """
        update audit_seal_row s set hash = sha256('\\x01'::bytea || coalesce(
          (select p.hash from audit_seal_row p where p.position = s.position - 1),
          decode(repeat('0', 64), 'hex')) || s.leaf)
        """
            + where);
    assertThat(found.at("/broken/reason")).isEqualTo("seal-changed");
    assertThat(chain.verify().at("/ok")).isEqualTo("true");
  }

  @Test
  void verifyWhenCheckpointIsForgedThenItsSignatureIsWrong() throws SQLException {
    awaitCheckpoint();
    String first = " where position = (select min(position) from audit_checkpoint)";
    chain.tamper(
        "create table tampered as select * from audit_checkpoint" + first,
        "update audit_checkpoint set hash = sha256(hash)" + first);
    Rest.Answer found = chain.verify();
    chain.tamper(
        "update audit_checkpoint c set hash = t.hash from tampered t where t.position = c.position",
        "drop table tampered");
    assertThat(found.at("/broken/reason")).isEqualTo("checkpoint-signature");
    assertThat(chain.verify().at("/ok")).isEqualTo("true");
  }

  private void awaitCheckpoint() {
    Chain.await(
        "a checkpoint is signed", () -> !rest.get("audit/checkpoints").at("/total").equals("0"));
  }

  @Test
  void checkpointsWhenSignedThenTheKeyIsPublished(RunningServer server) {
    awaitCheckpoint();
    String kid = rest.get("audit/checkpoints").at("/items/0/kid");
    Rest.Answer keys = Rest.anonymous(server).get("audit/keys");
    assertThat(keys.json().get("keys").findValuesAsString("kid")).contains(kid);
    assertThat(keys.text()).doesNotContain("\"d\"");
  }

  /// A transaction that commits late must be sealed all the same.
  @Test
  void sealWhenARowCommitsLateThenItIsNotSkipped(RunningServer server) throws SQLException {
    String late = Unique.name("aud");
    try (Connection connection = TestDatabase.connect(server);
        var insert = connection.createStatement()) {
      connection.setAutoCommit(false);
      insert.executeUpdate(
          """
          insert into audit_event (id, at, category, event, actor_kind, actor_id, actor_name, outcome)
          select '%s', now(), 'data', 'audit.exported', 'system', 'system', 'system', 'success'
          """
              .formatted(late));
      String early = newRow();
      assertThat(chain.verify().at("/ok")).isEqualTo("true");
      connection.commit();
      chain.awaitSealed(early);
    }
    chain.awaitSealed(late);
    assertThat(chain.verify().at("/ok")).isEqualTo("true");
  }

  @Test
  void verifyWhenNotAllowedToReadEverythingThenRefused(RunningServer server) {
    assertThat(rest.holding("r-agent").get("audit/verify").status()).isEqualTo(403);
    assertThat(rest.holding("r-auditor").get("audit/verify").status()).isEqualTo(200);
    assertThat(Rest.anonymous(server).get("audit/checkpoints").status()).isEqualTo(401);
  }

  @Test
  void sealWhenUpdatedOrTruncatedThenRefused(RunningServer server) throws SQLException {
    try (Connection connection = TestDatabase.own(server);
        var sql = connection.createStatement()) {
      for (String statement :
          new String[] {
            "update audit_seal_row set id = 'x'",
            "truncate audit_seal_row",
            "truncate audit_checkpoint",
            "truncate audit_event_first",
            "delete from audit_event_first"
          }) {
        assertThatThrownBy(() -> sql.execute(statement)).hasMessageContaining("append-only");
      }
    }
  }
}
