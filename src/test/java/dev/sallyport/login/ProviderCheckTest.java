package dev.sallyport.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.persistence.Json;
import dev.sallyport.problem.FieldProblem;
import dev.sallyport.problem.SallyportException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.core.type.TypeReference;

class ProviderCheckTest {
  private static final String GOOD =
      """
      {"name":"Corp","issuer":"https://idp.example","clientId":"sallyport","clientSecret":"s3cret"}
      """;

  private static ProviderInput input(String changes) {
    var type = new TypeReference<Map<String, Object>>() {};
    Map<String, Object> members = new LinkedHashMap<>(Json.read(GOOD, type));
    members.putAll(Json.read(changes, type));
    return Json.read(Json.write(members), new TypeReference<ProviderInput>() {});
  }

  @Test
  void checkWhenOnlyTheNeedfulIsThereThenDefaults() {
    CheckedProvider checked = ProviderCheck.check(input("{}"), true);
    assertThat(checked)
        .isEqualTo(
            new CheckedProvider(
                "Corp",
                "https://idp.example",
                "sallyport",
                List.of("openid", "profile", "email"),
                "groups",
                false,
                List.of(),
                300,
                true,
                List.of(),
                "session",
                false,
                true,
                true));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"name":" "}                                     | name
          {"name":"a\\nb"}                                 | name
          {"issuer":null}                                  | issuer
          {"issuer":"idp.example"}                         | issuer
          {"issuer":"https://idp.example?x=1"}             | issuer
          {"issuer":"https://idp.example "}                | issuer
          {"issuer":"ftp://idp.example"}                   | issuer
          {"clientId":""}                                  | clientId
          {"clientSecret":null}                            | clientSecret
          {"clientSecret":""}                              | clientSecret
          {"scopes":["profile"]}                           | scopes
          {"scopes":["openid","a b"]}                      | scopes[1]
          {"scopes":["openid","openid"]}                   | scopes[1]
          {"groupsClaim":"a..b"}                           | groupsClaim
          {"groupsClaim":" "}                              | groupsClaim
          {"allowedEmailDomains":["Corp.example"]}         | allowedEmailDomains[0]
          {"allowedEmailDomains":["@corp.example"]}        | allowedEmailDomains[0]
          {"allowedEmailDomains":["*.corp.example"]}       | allowedEmailDomains[0]
          {"allowedEmailDomains":["corp"]}                 | allowedEmailDomains[0]
          {"allowedEmailDomains":["a.b","c.d","a.b"]}      | allowedEmailDomains[2]
          {"allowedEmailDomains":["corp.example "]}        | allowedEmailDomains[0]
          {"iatWindowSeconds":0}                           | iatWindowSeconds
          {"iatWindowSeconds":601}                         | iatWindowSeconds
          {"logoutEnds":"all"}                             | logoutEnds
          {"logoutClients":[""]}                           | logoutClients[0]
          """)
  void checkWhenAFieldIsWrongThenNamed(String changes, String field) {
    assertThatThrownBy(() -> ProviderCheck.check(input(changes), true))
        .isInstanceOfSatisfying(
            SallyportException.class,
            e -> assertThat(e.errors()).extracting(FieldProblem::field).containsExactly(field));
  }

  @Test
  void checkWhenAStoredOneComesWithoutSecretThenFine() {
    assertThat(ProviderCheck.check(input("{\"clientSecret\":null}"), false)).isNotNull();
    assertThat(ProviderCheck.check(input("{\"clientSecret\":\"\"}"), false)).isNotNull();
  }

  @Test
  void checkWhenGroupsClaimIsEmptyThenNoGroupsAreRead() {
    assertThat(ProviderCheck.check(input("{\"groupsClaim\":\"\"}"), true).groupsClaim()).isEmpty();
    assertThat(
            ProviderCheck.check(input("{\"groupsClaim\":\"https://a..b/c\"}"), true).groupsClaim())
        .isEqualTo("https://a..b/c");
  }

  @Test
  void printWhenThereIsASecretThenNot() {
    assertThat(input("{}").toString()).doesNotContain("s3cret");
  }
}
