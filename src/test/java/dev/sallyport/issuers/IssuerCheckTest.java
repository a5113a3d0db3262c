package dev.sallyport.issuers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.jose.SigningKeys;
import dev.sallyport.persistence.Json;
import dev.sallyport.problem.FieldErrors;
import dev.sallyport.problem.FieldProblem;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.type.TypeReference;

class IssuerCheckTest {
  private static final String URL = "https://idp.example/jwks";
  private static final Map<String, Object> KEYS =
      Json.read(
          SigningKeys.jwks(SigningKeys.jwk("RSA/a", "\"kid\":\"a\"")), new TypeReference<>() {});

  private static IssuerInput input(String iss, String url, Map<String, Object> keys) {
    return new IssuerInput(iss, url, keys, null, null);
  }

  private static List<FieldProblem> faults(IssuerInput input) {
    var errors = new FieldErrors();
    IssuerCheck.check(input, "jwt.", errors);
    return errors.list();
  }

  private static void assertWrong(IssuerInput input, String... fields) {
    assertThat(faults(input)).extracting(FieldProblem::field).containsExactly(fields);
  }

  @Test
  void checkWhenOneKeySourceThenRight() {
    assertThat(faults(input("https://idp.example", URL, null))).isEmpty();
    assertThat(faults(input("any text: it is opaque", null, KEYS))).isEmpty();
    assertThat(faults(input("i", "http://127.0.0.1:9/jwks", null))).isEmpty();
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {"", " ", " https://idp.example", "https://idp.example\n", "a\0b", "a\u0085b"})
  void checkWhenIssIsWrongThenNamed(String iss) {
    assertWrong(input(iss, URL, null), "jwt.issuer");
  }

  @Test
  void checkWhenIssIsTooLongThenNamed() {
    assertThat(faults(input("i".repeat(1_000), URL, null))).isEmpty();
    assertWrong(input("i".repeat(1_001), URL, null), "jwt.issuer");
  }

  @Test
  void checkWhenNoneOrBothKeySourcesThenNamed() {
    assertWrong(input("i", null, null), "jwt.jwksUrl");
    assertWrong(input("i", URL, KEYS), "jwt.staticJwks");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "idp.example/jwks",
        "ftp://idp.example",
        "https://",
        "https://u:p@idp.example",
        "a b"
      })
  void checkWhenUrlIsWrongThenNamed(String url) {
    assertWrong(input("i", url, null), "jwt.jwksUrl");
  }

  @Test
  void checkWhenKeySetIsBrokenThenNamedWithReason() {
    assertWrong(input("i", null, Map.of("nokeys", 1)), "jwt.staticJwks");
    assertWrong(input("i", null, Map.of("keys", List.of())), "jwt.staticJwks");
    assertThat(faults(input("i", null, Map.of("keys", 5))))
        .allSatisfy(fault -> assertThat(fault.detail()).isNotBlank());
  }

  @Test
  void checkWhenSubjectClaimIsBlankThenNamed() {
    assertWrong(new IssuerInput("i", URL, null, " ", null), "jwt.subjectClaim");
    assertWrong(new IssuerInput("i", URL, null, "o\0d", null), "jwt.subjectClaim");
    assertThat(faults(new IssuerInput("i", URL, null, "oid", null))).isEmpty();
  }

  @Test
  void hasKeysOfWhenSameOrNotGivenThenTrue() {
    Issuer byUrl = new Issuer(input("i", URL, null), Instant.EPOCH);
    assertThat(byUrl.hasKeysOf(input("i", null, null))).isTrue();
    assertThat(byUrl.hasKeysOf(input("i", URL, null))).isTrue();
    assertThat(byUrl.hasKeysOf(input("i", URL + "2", null))).isFalse();
    assertThat(byUrl.hasKeysOf(input("i", null, KEYS))).isFalse();
  }

  @Test
  void hasSubjectOfWhenSameOrNotGivenThenTrue() {
    Issuer bySub = new Issuer(input("i", URL, null), Instant.EPOCH);
    assertThat(bySub.hasSubjectOf(input("i", URL, null))).isTrue();
    assertThat(bySub.hasSubjectOf(new IssuerInput("i", URL, null, "sub", null))).isTrue();
    assertThat(bySub.hasSubjectOf(new IssuerInput("i", URL, null, "oid", null))).isFalse();
  }

  @Test
  void hasKeysOfWhenStaticKeysAreInAnotherOrderThenTrue() {
    Map<String, Object> first = new LinkedHashMap<>();
    first.put("keys", KEYS.get("keys"));
    first.put("x", 1);
    Map<String, Object> second = new LinkedHashMap<>();
    second.put("x", 1);
    second.put("keys", KEYS.get("keys"));
    Issuer issuer = new Issuer(input("i", null, first), Instant.EPOCH);
    assertThat(issuer.hasKeysOf(input("i", null, second))).isTrue();
    assertThat(issuer.hasKeysOf(input("i", null, KEYS))).isFalse();
  }
}
