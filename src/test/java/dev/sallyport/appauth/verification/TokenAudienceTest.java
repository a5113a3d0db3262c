package dev.sallyport.appauth.verification;

import static dev.sallyport.appauth.verification.VerifierFixture.RESOURCE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.problem.ProblemType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenAudienceTest {
  private final VerifierFixture fixture = new VerifierFixture();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"sallyport\"",
        "[\"sallyport\"]",
        "[\"other\",\"sallyport\"]",
        "\"" + RESOURCE + "\"",
        "[7,\"sallyport\"]"
      })
  void verifyWhenAudienceHoldsOursThenAccepted(String aud) {
    fixture.claim("aud", aud).accepted();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"other\"",
        "[]",
        "[\"other\"]",
        "\"Sallyport\"",
        "\"" + RESOURCE + "/\"",
        "{}",
        "7"
      })
  void verifyWhenAudienceIsAnotherThenRefusedWithoutNamingTheConfigured(String aud) {
    fixture.config.audience = "hidden-audience";
    Verdict.Refused refused = fixture.claim("aud", aud).refused(ProblemType.TOKEN_AUDIENCE);
    assertThat(refused.publicDetail()).doesNotContain("hidden-audience").contains(RESOURCE);
    assertThat(refused.facts().expected()).contains("hidden-audience");
  }

  @Test
  void verifyWhenConfigHasNoAudienceThenOnlyTheResourceOpens() {
    fixture.config.audience = null;
    fixture.refused(ProblemType.TOKEN_AUDIENCE);
    fixture.claim("aud", '"' + RESOURCE + '"').accepted();
    fixture.claim("aud", null).refused(ProblemType.TOKEN_AUDIENCE);
  }
}
