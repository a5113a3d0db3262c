package dev.sallyport.keyring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.audit.AuditEntry;
import dev.sallyport.audit.AuditEventName;
import dev.sallyport.audit.AuditLog;
import dev.sallyport.cluster.Change;
import dev.sallyport.cluster.Changes;
import dev.sallyport.config.Settings;
import dev.sallyport.crypto.Secret;
import dev.sallyport.crypto.Vault;
import dev.sallyport.testing.RolledBack;
import dev.sallyport.testing.RunningServer;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What the schedule does to keys, on a database in which there are no others.
@ResourceLock(Rings.ALONE)
@ExtendWith(RunningServer.Extension.class)
class KeyRotationIT {
  private static final Instant NOW = Instant.parse("2030-06-01T12:00:00Z");
  private static final KeyPurpose PURPOSE = KeyPurpose.API_TOKENS;
  private static final String MASTER_KEY = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

  private final KeyRotation rotation = new KeyRotation();
  private final KeyStore store = new KeyStore();
  private final KeyRotationTimer timer = new KeyRotationTimer();
  private final List<AuditEventName> audited = new ArrayList<>();
  private final List<String> told = new ArrayList<>();
  private RolledBack database;

  @BeforeEach
  void open(RunningServer server) throws SQLException {
    database = new RolledBack(server);
    database.sql().update("delete from key_ring");
    store.sql = database.sql();
    store.vault = new Vault(new Secret(MASTER_KEY));
    rotation.store = store;
    rotation.settings = Settings.read(Map.of("SALLYPORT_MASTER_KEY", MASTER_KEY));
    rotation.clock = Clock.fixed(NOW, ZoneOffset.UTC);
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
          public void tell(Change.Kind kind, Collection<String> refs) {
            told.addAll(refs);
          }
        };
    timer.rotation = rotation;
  }

  @AfterEach
  void close() throws SQLException {
    database.close();
  }

  private RingKey key(KeyPurpose purpose, Duration age) {
    Instant from = NOW.minus(age);
    return store.create(purpose.code(), purpose.newKey(), from, from);
  }

  private List<String> ids(KeyPurpose purpose) {
    return store.all(purpose.code()).stream().map(RingKey::id).toList();
  }

  @Test
  void turnWhenAKeyIsThirtyDaysOldThenTheNextOneIsPublishedAhead() {
    RingKey old = key(PURPOSE, Duration.ofDays(30).plusSeconds(1));

    timer.turn();

    List<RingKey> keys = store.all(PURPOSE.code());
    assertThat(keys).hasSize(2);
    RingKey next = keys.getFirst();
    assertThat(next.activeFrom()).isEqualTo(NOW.plus(PURPOSE.lead())).isAfter(NOW);
    assertThat(keys.getLast().id()).isEqualTo(old.id());
    assertThat(keys.getLast().retiredAt()).isEqualTo(next.activeFrom());
    assertThat(keys.getLast().state(NOW)).isEqualTo(RingKey.State.ACTIVE);
    assertThat(audited).containsExactly(AuditEventName.SIGNING_KEY_ROTATED);
    assertThat(told).containsExactly(PURPOSE.code());
  }

  @Test
  void turnWhenTheNextOneIsPublishedAlreadyThenNothing() {
    key(PURPOSE, Duration.ofDays(31));
    timer.turn();
    audited.clear();

    timer.turn();

    assertThat(ids(PURPOSE)).hasSize(2);
    assertThat(audited).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(KeyPurpose.class)
  void createThenTheRowHoldsNothingThatCanBeRead(KeyPurpose purpose) {
    RingKey key = key(purpose, Duration.ZERO);

    String stored =
        database
            .sql()
            .first(
                "select material from key_ring where id = ?", row -> row.text("material"), key.id())
            .orElseThrow();

    String material = key.material().reveal();
    String bytes = new String(Base64.getDecoder().decode(stored), StandardCharsets.ISO_8859_1);
    assertThat(stored).doesNotContain(material);
    assertThat(bytes).doesNotContain(material);
    assertThat(bytes).as("no part of a JWK").doesNotContain("\"kty\"", "\"d\"", "\"k\"");
    assertThat(store.all(purpose.code()).getFirst().material().reveal()).isEqualTo(material);
  }

  @Test
  void turnWhenAKeyIsYoungerThenNothing() {
    RingKey young = key(PURPOSE, Duration.ofDays(30));

    timer.turn();

    assertThat(ids(PURPOSE)).containsExactly(young.id());
    assertThat(audited).isEmpty();
  }

  @Test
  void turnThenLooksAtEveryRing() {
    for (KeyPurpose purpose : KeyPurpose.values()) {
      key(purpose, Duration.ofDays(31));
    }

    timer.turn();

    assertThat(KeyPurpose.values()).allSatisfy(purpose -> assertThat(ids(purpose)).hasSize(2));
  }

  @Test
  void turnWhenARetiredKeyVerifiesNothingAnyMoreThenForgotten() {
    RingKey gone = key(PURPOSE, Duration.ofDays(40));
    RingKey kept = key(PURPOSE, Duration.ofDays(39));
    RingKey active = key(PURPOSE, Duration.ofDays(1));
    store.retire(gone.id(), NOW.minus(Duration.ofHours(24)).minusSeconds(1));
    store.retire(kept.id(), NOW.minus(Duration.ofHours(24)));

    timer.turn();

    assertThat(ids(PURPOSE)).containsExactly(active.id(), kept.id());
    assertThat(audited).containsExactly(AuditEventName.SIGNING_KEY_FORGOTTEN);
  }
}
