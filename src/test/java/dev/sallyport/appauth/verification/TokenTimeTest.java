package dev.sallyport.appauth.verification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.problem.ProblemType;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenTimeTest {
  private final VerifierFixture fixture = new VerifierFixture();

  @ParameterizedTest
  @CsvSource({
    "exp,-60,-61,TOKEN_EXPIRED",
    "nbf,60,61,TOKEN_NOT_YET_VALID",
    "iat,60,61,TOKEN_FROM_FUTURE",
    "auth_time,60,61,TOKEN_FROM_FUTURE",
    "iat,-1800,-1801,TOKEN_TOO_OLD"
  })
  void verifyWhenAtTheEdgeThenAcceptedAndOneSecondBeyondRefused(
      String claim, long edge, long beyond, ProblemType code) {
    fixture.at(claim, Duration.ofSeconds(edge)).accepted();
    fixture.at(claim, Duration.ofSeconds(beyond)).refused(code);
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "\"1800000000\"", "1e300", "-1", "true", "[1800000000]", "{}"})
  void verifyWhenTimeIsNoNumberThenRefused(String json) {
    new VerifierFixture().claim("exp", json).refused(ProblemType.TOKEN_EXP_MISSING);
    new VerifierFixture().claim("iat", json).refused(ProblemType.TOKEN_IAT_MISSING);
    if (!json.equals("null")) {
      new VerifierFixture().claim("nbf", json).refused(ProblemType.TOKEN_MALFORMED);
    }
  }

  @Test
  void verifyWhenTimeIsMissingThenRefused() {
    new VerifierFixture().claim("exp", null).refused(ProblemType.TOKEN_EXP_MISSING);
    new VerifierFixture().claim("iat", null).refused(ProblemType.TOKEN_IAT_MISSING);
  }

  @Test
  void verifyWhenTimeHasAFractionThenAccepted() {
    String exp = VerifierFixture.NOW.getEpochSecond() + ".5";
    VerifiedToken token = fixture.claim("exp", exp).accepted();
    assertThat(token.exp()).isEqualTo(VerifierFixture.NOW.plusMillis(500));
  }

  @Test
  void verifyWhenConfigLimitsNoAgeThenOldTokenIsAccepted() {
    fixture.config.maxTokenAge = null;
    fixture.at("iat", Duration.ofDays(-300)).accepted();
  }

  @Test
  void verifyWhenOldButAttachedThenAccepted() {
    fixture.attached = true;
    fixture.at("iat", Duration.ofHours(-2)).accepted();
    fixture.at("exp", Duration.ofSeconds(-61)).refused(ProblemType.TOKEN_EXPIRED);
  }

  @Test
  void verifyWhenYoungThenAttachmentIsNotAsked() {
    Verdict verdict =
        fixture.verifier.verify(
            VerifierFixture.APP,
            fixture.allConfigs(),
            fixture.token(),
            () -> {
              throw new IllegalStateException("asked");
            });
    assertThat(verdict).isInstanceOf(Verdict.Accepted.class);
  }

  @Test
  void verifyWhenForgedThenTimesAfterTheSignatureAreNotTold() {
    fixture.pair = "RSA/evil";
    fixture.at("nbf", Duration.ofHours(1)).refused(ProblemType.TOKEN_SIGNATURE);
  }

  @Test
  void verifyWhenAuthTimeIsThereThenItIsTold() {
    assertThat(fixture.at("auth_time", Duration.ofHours(-3)).accepted().authTime())
        .isEqualTo(VerifierFixture.NOW.minus(Duration.ofHours(3)));
  }
}
