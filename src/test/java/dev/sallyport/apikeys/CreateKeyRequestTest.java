package dev.sallyport.apikeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.apikeys.ApiKeysResource.CreateKeyRequest;
import dev.sallyport.apikeys.ApiKeysResource.CreatedKeyResponse;
import dev.sallyport.authz.ActorKind;
import dev.sallyport.crypto.Secret;
import dev.sallyport.crypto.TokenHash;
import dev.sallyport.persistence.Json;
import dev.sallyport.problem.FieldProblem;
import dev.sallyport.problem.SallyportException;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CreateKeyRequestTest {
  private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
  private static final String VALUE = "sp_0123456789";

  private static ApiKey key(Instant expiresAt) {
    return new ApiKey(
        new NewKey("ci", "r-viewer", ActorKind.PROXY, expiresAt),
        TokenHash.of(VALUE),
        "sp_01234",
        NOW,
        "key_admin");
  }

  @Test
  void toNewKeyWhenLittleIsGivenThenAnApiKeyWithoutName() {
    assertThat(new CreateKeyRequest(null, null, null, null).toNewKey())
        .isEqualTo(new NewKey("", "", ActorKind.API_KEY, null));
  }

  @Test
  void toNewKeyWhenEverythingIsGivenThenTaken() {
    assertThat(new CreateKeyRequest("ci", "r-agent", "proxy", NOW).toNewKey())
        .isEqualTo(new NewKey("ci", "r-agent", ActorKind.PROXY, NOW));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "robot", "api key"})
  void toNewKeyWhenKindIsUnknownThenNamed(String kind) {
    assertThatThrownBy(() -> new CreateKeyRequest("ci", "r-agent", kind, null).toNewKey())
        .isInstanceOfSatisfying(
            SallyportException.class,
            e -> assertThat(e.errors()).extracting(FieldProblem::field).containsExactly("kind"));
  }

  @Test
  void isLiveWhenExpiredThenFalse() {
    assertThat(key(null).isLive(NOW)).isTrue();
    assertThat(key(NOW).isLive(NOW.minusNanos(1))).isTrue();
    assertThat(key(NOW).isLive(NOW)).isFalse();
  }

  @Test
  void newWhenMadeThenOnlyTheHashIsKept() {
    ApiKey key = key(null);
    assertThat(key.id).startsWith("key_");
    assertThat(key.hash).isEqualTo(TokenHash.of(VALUE).bytes());
    assertThat(key.actorKind()).isEqualTo(ActorKind.PROXY);
    assertThat(Json.write(key.summary())).doesNotContain(VALUE);
  }

  @Test
  void responseThenShowsTheKeyOnceAndTheRecordNever() {
    CreatedKey created = new CreatedKey(key(null).summary(), new Secret(VALUE));
    assertThat(created.toString()).doesNotContain(VALUE);
    assertThat(CreatedKeyResponse.of(created).key()).isEqualTo(VALUE);
  }
}
