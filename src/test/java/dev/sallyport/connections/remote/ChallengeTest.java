package dev.sallyport.connections.remote;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChallengeTest {
  private static Challenge parse(String... headers) {
    return Challenge.parse(List.of(headers)).orElseThrow();
  }

  @Test
  void parseWhenEverythingIsSaidThenEverythingIsRead() {
    assertThat(
            parse(
                "Bearer realm=\"x\", resource_metadata=\"https://a.example/prm\","
                    + " scope=\"read write\", error=\"insufficient_scope\""))
        .isEqualTo(
            new Challenge("https://a.example/prm", List.of("read", "write"), "insufficient_scope"));
  }

  @Test
  void parseWhenBearerIsPlainThenItIsOneWithoutAnything() {
    assertThat(parse("Bearer")).isEqualTo(new Challenge(null, List.of(), null));
  }

  @Test
  void parseWhenValuesHaveNoQuotesThenTheyAreRead() {
    assertThat(parse("bearer RESOURCE_METADATA=https://a.example/prm?x=1,error=invalid_token"))
        .isEqualTo(new Challenge("https://a.example/prm?x=1", List.of(), "invalid_token"));
  }

  @Test
  void parseWhenQuotesAreEscapedThenTheyBelongToTheValue() {
    assertThat(
            parse("Bearer error_description=\"a \\\" scope=\\\"no\\\" b\", scope=\"yes\"").scopes())
        .containsExactly("yes");
  }

  @Test
  void parseWhenOneHeaderHoldsSeveralChallengesThenTheBearerOneIsRead() {
    assertThat(
            parse("Negotiate abc==, Basic realm=\"scope=x\", Bearer scope=\"a\", DPoP scope=\"b\""))
        .isEqualTo(new Challenge(null, List.of("a"), null));
  }

  @Test
  void parseWhenThereAreSeveralHeadersThenTheOneWithMetadataIsRead() {
    assertThat(parse("Bearer scope=\"a\"", "Bearer resource_metadata=\"https://b.example/prm\""))
        .isEqualTo(new Challenge("https://b.example/prm", List.of(), null));
  }

  @Test
  void parseWhenAScopeHasAForbiddenCharacterThenItIsLeftOut() {
    assertThat(parse("Bearer scope=\"a b\u00e9 a c\"").scopes()).containsExactly("a", "c");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " , ,",
        "Basic realm=\"Bearer scope\"",
        "realm=\"x\"",
        "\"Bearer\"",
        "Bearerx"
      })
  void parseWhenNoBearerChallengeIsThereThenEmpty(String header) {
    assertThat(Challenge.parse(List.of(header))).isEmpty();
  }

  @Test
  void parseWhenThereIsNoHeaderThenEmpty() {
    assertThat(Challenge.parse(List.of())).isEmpty();
  }

  @Test
  void parseWhenTheHeaderIsHugeThenItIsNotRead() {
    assertThat(Challenge.parse(List.of("Bearer scope=\"" + "a ".repeat(5_000) + "\""))).isEmpty();
  }
}
