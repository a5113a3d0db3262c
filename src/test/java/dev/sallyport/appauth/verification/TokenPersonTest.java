package dev.sallyport.appauth.verification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.problem.ProblemType;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenPersonTest {
  private final VerifierFixture fixture = new VerifierFixture();

  @Test
  void verifyWhenSenderConstrainedThenRefused() {
    fixture.claim("cnf", "{\"jkt\":\"x\"}").refused(ProblemType.TOKEN_SENDER_CONSTRAINED);
  }

  @Test
  void verifyWhenSubjectClaimIsConfiguredThenItIsTaken() {
    fixture.config.subjectClaim = "oid";
    fixture.refused(ProblemType.TOKEN_SUBJECT);
    assertThat(fixture.claim("oid", "\"o-1\"").accepted().subject()).isEqualTo("o-1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "7", "\"\"", "\" \"", "\"a\\nb\"", "[\"u-1\"]"})
  void verifyWhenSubjectIsNoUsableStringThenRefused(String sub) {
    fixture.claim("sub", sub).refused(ProblemType.TOKEN_SUBJECT);
  }

  @Test
  void verifyWhenSubjectIs255LongThenAcceptedAnd256Refused() {
    fixture.claim("sub", '"' + "x".repeat(255) + '"').accepted();
    fixture.claim("sub", '"' + "x".repeat(256) + '"').refused(ProblemType.TOKEN_SUBJECT);
  }

  @Test
  void verifyWhenEmailIsMissingThenNextUsernameClaimIsTaken() {
    fixture.claim("email", "7").claim("preferred_username", "\"ann\"");
    assertThat(fixture.accepted().username()).isEqualTo("ann");
    fixture.claim("preferred_username", null);
    assertThat(fixture.accepted().username()).isEqualTo("u-1");
  }

  @Test
  void verifyWhenUsernameClaimIsAPathThenItIsFollowed() {
    fixture.config.usernameClaims = List.of("profile.login");
    assertThat(fixture.claim("profile", "{\"login\":\"ann\"}").accepted().username())
        .isEqualTo("ann");
  }

  @ParameterizedTest
  @ValueSource(strings = {"7", "\"\"", "null", "{}"})
  void verifyWhenNoUsernameClaimIsAStringThenRefused(String value) {
    fixture.config.usernameClaims = List.of("email");
    fixture.claim("email", value).refused(ProblemType.TOKEN_USERNAME);
  }

  @ParameterizedTest
  @ValueSource(strings = {"false", "\"false\""})
  void verifyWhenUsernameIsAnUnverifiedEmailThenRefused(String verified) {
    fixture.claim("email_verified", verified).refused(ProblemType.TOKEN_EMAIL_UNVERIFIED);
    fixture.config.usernameClaims = List.of("preferred_username");
    fixture
        .claim("preferred_username", "\"Ann@corp.example\"")
        .refused(ProblemType.TOKEN_EMAIL_UNVERIFIED);
  }

  @Test
  void verifyWhenUsernameIsNotTheUnverifiedEmailThenAcceptedWithoutEmail() {
    fixture.config.usernameClaims = List.of("sub");
    assertThat(fixture.claim("email_verified", "false").accepted().email()).isNull();
    assertThat(fixture.claim("email_verified", "true").accepted().email()).isNotNull();
  }

  @Test
  void verifyWhenClientHasSeveralNamesThenTheFirstCounts() {
    assertThat(fixture.accepted().client()).isNull();
    for (String name : List.of("appid", "cid", "client_id", "azp")) {
      assertThat(fixture.claim(name, '"' + name + '"').accepted().client()).isEqualTo(name);
    }
  }

  @ParameterizedTest
  @CsvSource({"azp", "sid"})
  void verifyWhenClientOrSidIsUnusableThenRefused(String name) {
    fixture.claim(name, "\"\"").refused(ProblemType.TOKEN_MALFORMED);
    fixture.claim(name, '"' + "x".repeat(256) + '"').refused(ProblemType.TOKEN_MALFORMED);
    fixture.claim(name, '"' + "x".repeat(255) + '"').accepted();
  }

  @Test
  void verifyWhenActorsActThenTheirChainIsTold() {
    fixture.claim("act", "{\"sub\":\"bot\",\"act\":{\"iss\":\"i\",\"client_id\":\"c<|%\"}}");
    assertThat(fixture.accepted().act()).isEqualTo("bot<i|c%3C%7C%25");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"bot\"", "{}", "{\"sub\":7}", "{\"sub\":\"a\",\"act\":7}"})
  void verifyWhenActIsUnusableThenRefused(String act) {
    fixture.claim("act", act).refused(ProblemType.TOKEN_ACTOR_CHAIN);
  }

  @Test
  void verifyWhenOwnAssertionThenOnlyThroughNamedApps() {
    ownAssertion();
    fixture.refused(ProblemType.TOKEN_ACTOR_CHAIN);
    fixture.config.viaApps = List.of("other");
    fixture.refused(ProblemType.TOKEN_ACTOR_CHAIN);
    fixture.config.viaApps = List.of("other", "agent");
    VerifiedToken token = fixture.accepted();
    assertThat(token.act()).isEqualTo("agent");
    assertThat(token.client()).isEqualTo("cli");
  }

  @Test
  void verifyWhenOwnAssertionNamesNoAppThenRefused() {
    ownAssertion();
    fixture.config.viaApps = List.of("agent");
    fixture.claim("app", null).refused(ProblemType.TOKEN_ACTOR_CHAIN);
  }

  @Test
  void verifyWhenOwnAssertionComesOverTwoHopsThenAcceptedAndThreeRefused() {
    ownAssertion();
    fixture.config.viaApps = List.of("agent");
    fixture.claim("act", "{\"sub\":\"first\"}");
    assertThat(fixture.accepted().act()).isEqualTo("agent<first");
    fixture.claim("act", "{\"sub\":\"second\",\"act\":{\"sub\":\"first\"}}");
    fixture.refused(ProblemType.TOKEN_ACTOR_CHAIN);
  }

  @Test
  void verifyWhenIssuerIsTheRestApiThenNeverTrusted() {
    fixture.config.iss = VerifierFixture.OWN.api();
    fixture.config.viaApps = List.of("agent");
    fixture
        .claim("iss", '"' + VerifierFixture.OWN.api() + '"')
        .refused(ProblemType.TOKEN_ISSUER_UNKNOWN);
  }

  private void ownAssertion() {
    String iss = VerifierFixture.OWN.assertions();
    fixture.config.iss = iss;
    fixture.claim("iss", '"' + iss + '"').claim("app", "\"agent\"").claim("client", "\"cli\"");
  }

  @Test
  void actorChainWhenCompactThenReadsBackAndMakesTheClaim() {
    ActorChain chain = ActorChain.ofCompact("a%7C<i|b");
    assertThat(chain.compact()).isEqualTo("a%7C<i|b");
    assertThat(chain.claim()).isEqualTo(Map.of("sub", "a|", "act", Map.of("iss", "i", "sub", "b")));
    assertThat(ActorChain.ofCompact(null).compact()).isNull();
    assertThat(ActorChain.ofCompact(null).claim()).isEmpty();
    assertThat(chain.through("x<y").compact()).isEqualTo("x%3Cy<a%7C<i|b");
  }
}
