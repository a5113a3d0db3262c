package dev.sallyport.apikeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.audit.AuditEntry;
import dev.sallyport.audit.AuditEventName;
import dev.sallyport.audit.AuditLog;
import dev.sallyport.audit.DenialQueue;
import dev.sallyport.authz.ActorKind;
import dev.sallyport.authz.CallContext;
import dev.sallyport.cluster.DatabaseReady;
import dev.sallyport.config.Settings;
import dev.sallyport.crypto.Secret;
import dev.sallyport.problem.ProblemType;
import dev.sallyport.problem.SallyportException;
import dev.sallyport.roles.RolesDatabase;
import dev.sallyport.testing.RunningServer;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The first way in and the way back in, on a database where nobody has come in yet.
@ExtendWith(RunningServer.Extension.class)
class BootstrapIT {
  private static final String TOKEN = "a-one-time-token-of-at-least-32-characters";

  private final List<AuditEntry> audited = new ArrayList<>();
  private final List<AuditEntry> denied = new ArrayList<>();
  private final ApiKeyService keys = new ApiKeyService();
  private final Bootstrap bootstrap = new Bootstrap();
  private RolesDatabase database;
  private Clock clock;

  private final class Audit extends AuditLog {
    @Override
    public void record(AuditEntry entry) {
      audited.add(entry);
    }
  }

  private final class Denials extends DenialQueue {
    @Override
    public void offer(AuditEntry entry, CallContext context) {
      denied.add(entry);
    }
  }

  @BeforeEach
  void open(RunningServer server) throws SQLException {
    database = new RolesDatabase(server);
    clock = Clock.fixed(database.now, ZoneOffset.UTC);
    database.sql.update("delete from api_key");
    database.sql.update("delete from bootstrap");
    keys.store = new ApiKeyStore();
    keys.store.sql = database.sql;
    keys.list = new ApiKeyList();
    keys.list.sql = database.sql;
    keys.list.clock = clock;
    keys.clock = clock;
    keys.assignments = database.assignments;
    keys.audit = new Audit();
    bootstrap.sql = database.sql;
    bootstrap.clock = clock;
    bootstrap.keys = keys;
    bootstrap.roles = database.roles;
    bootstrap.assignments = database.assignments;
    bootstrap.audit = keys.audit;
    bootstrap.denials = new Denials();
    settings("SALLYPORT_BOOTSTRAP_TOKEN", TOKEN);
  }

  @AfterEach
  void close() throws SQLException {
    database.close();
  }

  private void settings(String... pairs) {
    Map<String, String> all = new HashMap<>(Map.of("SALLYPORT_MASTER_KEY", "k"));
    for (int i = 0; i < pairs.length; i += 2) {
      all.put(pairs[i], pairs[i + 1]);
    }
    bootstrap.settings = Settings.read(all);
  }

  private CreatedKey claim(String token) {
    return CallContext.system().call(() -> bootstrap.claim(new Secret(token)));
  }

  private void recover() {
    CallContext.system().run(() -> bootstrap.recover(new DatabaseReady()));
  }

  private void assertClosed(String token, ProblemType type) {
    assertThatThrownBy(() -> claim(token))
        .isInstanceOfSatisfying(
            SallyportException.class, e -> assertThat(e.type()).isEqualTo(type));
  }

  private List<String> recovered() {
    return database.sql.query(
        "select id from api_key where starts_with(name, 'recovery until ')", row -> row.text("id"));
  }

  @Test
  void claimWhenTheTokenIsRightThenAnAdminKeyForGood() {
    CreatedKey made = claim(TOKEN);

    assertThat(made.key().reveal()).startsWith("sp_");
    assertThat(made.summary().role()).isEqualTo("r-admin");
    assertThat(made.summary().expiresAt()).isNull();
    assertThat(database.roles.hasAdmin()).isTrue();
    assertThat(keys.store.byValue(made.key(), database.now))
        .hasValueSatisfying(key -> assertThat(key.id()).isEqualTo(made.summary().id()));
    assertThat(audited)
        .extracting(AuditEntry::event)
        .containsExactly(AuditEventName.KEY_CREATED, AuditEventName.BOOTSTRAP_DONE);
    assertThat(audited.toString()).doesNotContain(TOKEN, made.key().reveal());
  }

  @Test
  void claimWhenDoneOnceThenClosedForGood() {
    claim(TOKEN);
    database.sql.update("delete from assignment");

    assertClosed(TOKEN, ProblemType.BOOTSTRAP_CLOSED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "wrong", TOKEN + "x"})
  void claimWhenTheTokenIsWrongThenStillOpen(String wrong) {
    assertClosed(wrong, ProblemType.UNAUTHENTICATED);
    assertThat(denied)
        .extracting(AuditEntry::event)
        .containsExactly(AuditEventName.BOOTSTRAP_REFUSED);

    assertThat(claim(TOKEN).summary().role()).isEqualTo("r-admin");
  }

  @Test
  void claimWhenAnAdminExistsThenClosedAndTheTokenNotUsedUp() {
    database.run(
        () -> database.assignments.setOfKey(ActorKind.API_KEY, "key_1", "r-admin", null, null));

    assertClosed(TOKEN, ProblemType.BOOTSTRAP_CLOSED);

    database.gone.add("key_1");
    assertThat(claim(TOKEN).summary().role()).isEqualTo("r-admin");
  }

  @Test
  void claimWhenNoTokenIsSetThenClosed() {
    settings();

    assertClosed("", ProblemType.BOOTSTRAP_CLOSED);
    assertClosed(TOKEN, ProblemType.BOOTSTRAP_CLOSED);
  }

  @Test
  void recoverWhenTheTokenIsSetThenAnAdminKeyForAnHour() {
    settings("SALLYPORT_RECOVERY_TOKEN", TOKEN);

    recover();

    assertThat(recovered()).hasSize(1);
    var found = keys.store.byValue(new Secret("sp_" + TOKEN), database.now).orElseThrow();
    assertThat(found.until()).isEqualTo(database.now.plus(Duration.ofHours(1)));
    assertThat(keys.list.byId(found.id()).orElseThrow().role()).isEqualTo("r-admin");
    assertThat(keys.store.byValue(new Secret("sp_" + TOKEN), found.until())).isEmpty();
    assertThat(audited)
        .extracting(AuditEntry::event)
        .containsExactly(AuditEventName.KEY_CREATED, AuditEventName.RECOVERY_USED);
  }

  @Test
  void recoverWhenStartedAgainThenOneKeyOnly() {
    settings("SALLYPORT_RECOVERY_TOKEN", TOKEN);

    recover();
    recover();

    assertThat(recovered()).hasSize(1);
    assertThat(keys.store.byValue(new Secret("sp_" + TOKEN), database.now)).isPresent();
  }

  @Test
  void recoverWhenNothingIsSetThenNothingHappens() {
    recover();

    assertThat(recovered()).isEmpty();
    assertThat(audited).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"SALLYPORT_RECOVERY_TOKEN", "SALLYPORT_BOOTSTRAP_TOKEN"})
  void recoverWhenATokenIsShortThenTheServerDoesNotStart(String setting) {
    settings(setting, "short");

    assertThatThrownBy(this::recover)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(setting);
  }
}
