package dev.sallyport.apikeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.apikeys.ApiKeysResource.CreateKeyRequest;
import dev.sallyport.apikeys.ApiKeysResource.CreatedKeyResponse;
import dev.sallyport.authz.ActorKind;
import dev.sallyport.crypto.Secret;
import dev.sallyport.problem.FieldProblem;
import dev.sallyport.problem.SallyportException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CreateKeyRequestTest {
  private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
  private static final Map<String, List<String>> TEST = Map.of("env", List.of("test"));
  private static final String VALUE = "sp_0123456789";

  @Test
  void toNewKeyWhenLittleIsGivenThenAnApiKeyWithoutName() {
    assertThat(new CreateKeyRequest(null, null, null, null, null).toNewKey())
        .isEqualTo(new NewKey("", "", null, ActorKind.API_KEY, null));
  }

  @Test
  void toNewKeyWhenEverythingIsGivenThenTaken() {
    assertThat(new CreateKeyRequest("ci", "r-agent", TEST, "proxy", NOW).toNewKey())
        .isEqualTo(new NewKey("ci", "r-agent", TEST, ActorKind.PROXY, NOW));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "robot", "api key"})
  void toNewKeyWhenKindIsUnknownThenNamed(String kind) {
    assertThatThrownBy(() -> new CreateKeyRequest("ci", "r-agent", null, kind, null).toNewKey())
        .isInstanceOfSatisfying(
            SallyportException.class,
            e -> assertThat(e.errors()).extracting(FieldProblem::field).containsExactly("kind"));
  }

  @Test
  void responseThenShowsTheKeyOnceAndTheRecordNever() {
    var summary =
        new ApiKeySummary(
            "key_1",
            "ci",
            "sp_01234",
            "api-key",
            "r-viewer",
            null,
            List.of("r-viewer"),
            null,
            "live",
            null,
            NOW,
            "key_0",
            null,
            null);
    CreatedKey created = new CreatedKey(summary, new Secret(VALUE));
    assertThat(created.toString()).doesNotContain(VALUE);
    assertThat(CreatedKeyResponse.of(created).key()).isEqualTo(VALUE);
  }

  @ParameterizedTest
  @CsvSource({"ci,%ci%", "50%,%50\\%%", "a_b,%a\\_b%", "a\\b,%a\\\\b%"})
  void patternWhenTextHoldsWildcardsThenTheyAreLiteral(String text, String pattern) {
    assertThat(new ApiKeyFilter(text).pattern()).isEqualTo(pattern);
  }
}
