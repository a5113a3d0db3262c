package dev.sallyport.jose;

import static dev.sallyport.jose.SigningKeys.part;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.problem.ProblemType;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenSyntaxTest {
  private static final String HEADER = "{\"alg\":\"RS256\",\"kid\":\"a\",\"typ\":\"JWT\"}";
  private static final String PAYLOAD = "{\"iss\":\"https://idp\"}";
  private static final String SIGNATURE = "AAAA";

  @Test
  void readWhenWellFormedThenHoldsHeaderAndClaims() {
    ParsedToken token = parsed(token(HEADER, PAYLOAD));
    assertThat(token.header()).isEqualTo(new TokenHeader("RS256", "a", "JWT"));
    assertThat(token.claims().string("iss")).isEqualTo("https://idp");
    assertThat(token.signingInput()).isEqualTo(part(HEADER) + "." + part(PAYLOAD));
    assertThat(token.toString()).isEqualTo("token " + token.hash()).doesNotContain(part(PAYLOAD));
  }

  @Test
  void readWhenHeaderBringsItsOwnKeyThenKeyIsIgnored() {
    String header =
        "{\"alg\":\"RS256\",\"jku\":\"https://evil\",\"jwk\":{\"kty\":\"oct\"},\"x5c\":[\"x\"]}";
    assertThat(parsed(token(header, PAYLOAD)).header())
        .isEqualTo(new TokenHeader("RS256", null, null));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "..",
        "a",
        "a.b",
        "...",
        "e30.e30",
        "e30.e30.",
        ".e30.AAAA",
        "e30..AAAA",
        "e30.e30.AAAA.",
        "e30.e30.AAAA.AAAA",
        "e30.e30.AAAA.AAAA.AAAA"
      })
  void readWhenNotThreePartsThenMalformed(String raw) {
    assertRefused(raw, ProblemType.TOKEN_MALFORMED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "e30.e30.AA==", // padding
        "e30.e30.AB", // four stray bits
        "e30.e30.AAB", // two stray bits
        "e31.e30.AAAA", // stray bits in the header: decodes to {} all the same
        "e30.e31.AAAA",
        "e30.e30.AAAAA", // impossible length
        "e30.e30.AA+A", // the other alphabet
        "e30.e30.AA/A",
        "e30.e30.AA A",
        "e30.e30.AAAA\n",
        " e30.e30.AAAA",
        "e30.e30.AAÄA",
        "e30.e30.AA\u0000A"
      })
  void readWhenNotCanonicalThenMalformed(String raw) {
    assertRefused(raw, ProblemType.TOKEN_MALFORMED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"AA", "AAA", "AAAA", "-_-_", "AQ", "AAE"})
  void readWhenCanonicalThenParsed(String signature) {
    assertThat(TokenSyntax.read("e30.e30." + signature)).isInstanceOf(TokenSyntax.Parsed.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "\"text\"",
        "null",
        "1",
        "{",
        "{} {}",
        "{}x",
        "{\"a\":1,\"a\":2}",
        "{\"a\":1,\"\\u0061\":2}",
        "{\"a\":{\"b\":1,\"b\":1}}",
        "{\"a\":NaN}",
        "{'a':1}",
        "{\"a\":1,}",
        "{/**/}",
        "\uFEFF{}",
        "{\"a\":\"\\u0000\"}",
        "{\"\\u0000\":1}",
        "{\"a\":[\"\\ud800\"]}"
      })
  void readWhenJsonIsNotStrictThenMalformed(String json) {
    assertRefused(token(HEADER, json), ProblemType.TOKEN_MALFORMED);
    assertRefused(token(json, PAYLOAD), ProblemType.TOKEN_MALFORMED);
  }

  @Test
  void readWhenPayloadIsUtf16ThenMalformed() {
    String payload = SigningKeys.base64("{\"a\":1}".getBytes(StandardCharsets.UTF_16BE));
    assertRefused(part(HEADER) + "." + payload + ".AAAA", ProblemType.TOKEN_MALFORMED);
  }

  @Test
  void readWhenPayloadIsNotUtf8ThenMalformed() {
    String payload = SigningKeys.base64(new byte[] {'{', '"', (byte) 0xC0, (byte) 0x80, '"'});
    assertRefused(part(HEADER) + "." + payload + ".AAAA", ProblemType.TOKEN_MALFORMED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"alg\":\"RS256\",\"crit\":[\"b64\"],\"b64\":false}",
        "{\"alg\":\"RS256\",\"crit\":[]}",
        "{\"alg\":\"RS256\",\"crit\":null}",
        "{\"alg\":256}",
        "{\"alg\":null}",
        "{\"alg\":\"RS256\",\"kid\":7}",
        "{\"alg\":\"RS256\",\"kid\":[\"a\"]}",
        "{\"alg\":\"RS256\",\"typ\":{}}"
      })
  void readWhenHeaderMemberIsUnusableThenMalformed(String header) {
    assertRefused(token(header, PAYLOAD), ProblemType.TOKEN_MALFORMED);
  }

  @Test
  void readWhenDepthIs16ThenParsedAnd17Malformed() {
    assertThat(TokenSyntax.read(token(HEADER, nested(15)))).isInstanceOf(TokenSyntax.Parsed.class);
    assertRefused(token(HEADER, nested(16)), ProblemType.TOKEN_MALFORMED);
  }

  @Test
  void readWhen256MembersThenParsedAnd257Malformed() {
    assertThat(TokenSyntax.read(token(HEADER, members(256))))
        .isInstanceOf(TokenSyntax.Parsed.class);
    assertRefused(token(HEADER, members(257)), ProblemType.TOKEN_MALFORMED);
  }

  @Test
  void readWhen16KiBThenParsedAndOneMoreTooLarge() {
    String head = "e30.e30.";
    String longest = head + "A".repeat(TokenSyntax.MAX_LENGTH - head.length());
    assertThat(TokenSyntax.read(longest)).isInstanceOf(TokenSyntax.Parsed.class);
    assertRefused(longest + "A", ProblemType.TOKEN_TOO_LARGE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "{\"a\":", "1"})
  void readWhenHostileJsonThenRefusedQuickly(String unit) {
    long start = System.nanoTime();
    assertRefused(token(HEADER, unit.repeat(12_000 / unit.length())), ProblemType.TOKEN_MALFORMED);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
  }

  @Test
  void readWhenNumberHasTooManyDigitsThenMalformed() {
    assertRefused(token(HEADER, "{\"c\":" + "9".repeat(65) + "}"), ProblemType.TOKEN_MALFORMED);
  }

  private static String nested(int levels) {
    return "{\"a\":" + "[".repeat(levels) + "]".repeat(levels) + "}";
  }

  private static String members(int count) {
    StringBuilder json = new StringBuilder("{");
    for (int i = 0; i < count; i++) {
      json.append(i == 0 ? "" : ",").append("\"m").append(i).append("\":0");
    }
    return json.append('}').toString();
  }

  private static String token(String header, String payload) {
    return part(header) + "." + part(payload) + "." + SIGNATURE;
  }

  private static ParsedToken parsed(String raw) {
    assertThat(TokenSyntax.read(raw)).isInstanceOf(TokenSyntax.Parsed.class);
    return ((TokenSyntax.Parsed) TokenSyntax.read(raw)).token();
  }

  private static void assertRefused(String raw, ProblemType code) {
    assertThat(TokenSyntax.read(raw))
        .isInstanceOfSatisfying(
            TokenSyntax.Refused.class, refused -> assertThat(refused.code()).isEqualTo(code));
  }
}
