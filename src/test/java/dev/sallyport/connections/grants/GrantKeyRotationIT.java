package dev.sallyport.connections.grants;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.crypto.Secret;
import dev.sallyport.crypto.Vault;
import dev.sallyport.keyring.EncryptedColumn;
import dev.sallyport.keyring.ReencryptionFixture;
import dev.sallyport.testing.RunningServer;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// A person's tokens after the master key was replaced. The keys are this test's own: it touches no
/// other row.
@ExtendWith(RunningServer.Extension.class)
class GrantKeyRotationIT {
  private static final String OLD = key(77);
  private static final String NEW = key(78);
  private static final GrantStore STORE = new GrantStore();
  private static final List<EncryptedColumn> COLUMNS =
      List.of(STORE.accessTokens(), STORE.refreshTokens(), STORE.idTokens());

  private GrantFixture fixture;
  private String id;

  private static String key(int first) {
    byte[] bytes = new byte[32];
    bytes[0] = (byte) first;
    return Base64.getEncoder().encodeToString(bytes);
  }

  @BeforeEach
  void open(RunningServer server) {
    fixture = new GrantFixture(server, _ -> GrantFixture.rotated(1));
    id = fixture.keep(fixture.node(OLD));
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private void rotate() {
    Vault both = new Vault(new Secret(NEW + "," + OLD));
    COLUMNS.forEach(column -> ReencryptionFixture.renew(fixture.sql, both, column, id));
  }

  private GrantToken token(String masterKeys) {
    return fixture.node(masterKeys).grants.token(fixture.key);
  }

  private static Secret accessToken(GrantToken token) {
    assertThat(token).isInstanceOf(GrantToken.Good.class);
    return ((GrantToken.Good) token).accessToken();
  }

  @Test
  void tokenWhenTheRowsFollowedThenTheNewKeyAloneReadsIt() {
    rotate();
    assertThat(accessToken(token(NEW))).isEqualTo(new Secret("a0"));
    assertThatThrownBy(() -> token(OLD)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void tokenWhenTheRowsDidNotFollowYetThenBothKeysReadIt() {
    assertThat(accessToken(token(NEW + "," + OLD))).isEqualTo(new Secret("a0"));
    assertThatThrownBy(() -> token(NEW)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void refreshWhenTheRowsFollowedThenTheOldRefreshTokenStillServes() {
    rotate();
    fixture.comeDue();
    assertThat(accessToken(token(NEW))).isEqualTo(new Secret("a1"));
    assertThat(fixture.lastForm()).containsEntry("refresh_token", "r0");
  }

  @Test
  void idTokenWhenTheRowsFollowedThenReadable() {
    rotate();
    var place = new Vault.Place("connection_grant", id, "id_token");
    Vault alone = new Vault(new Secret(NEW));
    assertThat(alone.decrypt(String.valueOf(fixture.column("id_token")), place))
        .isEqualTo(new Secret("i0"));
  }
}
