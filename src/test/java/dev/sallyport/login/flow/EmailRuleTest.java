package dev.sallyport.login.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.jose.Claims;
import dev.sallyport.problem.ProblemType;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EmailRuleTest {
  private static final List<String> DOMAINS = List.of("corp.example");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "fine",
      textBlock =
          """
          {"email":"ann@corp.example"}                            | fine
          {"email":"Ann@CORP.Example"}                            | fine
          {"email":"ann@corp.example","email_verified":true}      | fine
          {"email":"ann@corp.example","email_verified":false}     | SIGN_IN_EMAIL_UNVERIFIED
          {"email":"ann@corp.example","email_verified":"false"}   | SIGN_IN_EMAIL_UNVERIFIED
          {"email":"ann@mail.corp.example"}                       | SIGN_IN_EMAIL_DOMAIN
          {"email":"ann@corp.example.evil.example"}               | SIGN_IN_EMAIL_DOMAIN
          {"email":"ann@evilcorp.example"}                        | SIGN_IN_EMAIL_DOMAIN
          {"email":"ann@evil.example@corp.example"}               | SIGN_IN_EMAIL_MISSING
          {"email":"ann@corp.example "}                           | SIGN_IN_EMAIL_MISSING
          {"email":"@corp.example"}                               | SIGN_IN_EMAIL_MISSING
          {"email":"ann@"}                                        | SIGN_IN_EMAIL_MISSING
          {"email":"corp.example"}                                | SIGN_IN_EMAIL_MISSING
          {"email":["ann@corp.example"]}                          | SIGN_IN_EMAIL_MISSING
          {}                                                      | SIGN_IN_EMAIL_MISSING
          """)
  void checkWhenDomainsAreNamedThenOnlyTheirAddressesPass(String claims, ProblemType expected) {
    assertThat(EmailRule.check(Claims.ofJson(claims), DOMAINS)).isEqualTo(expected);
  }

  @Test
  void checkWhenNoDomainIsNamedThenEverybodyPasses() {
    assertThat(EmailRule.check(Claims.ofJson("{}"), List.of())).isNull();
  }
}
