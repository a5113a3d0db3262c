package dev.sallyport.login;

import static dev.sallyport.testing.HttpBrowser.location;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.testing.Await;
import dev.sallyport.testing.FakeIdp;
import dev.sallyport.testing.RefusingStore;
import dev.sallyport.testing.Rest;
import dev.sallyport.testing.RolledBack;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A sign-in that the database refuses half-way leaves nobody signed in and nothing half done.
class OidcFailureIT extends OidcSignIn {

  private Rest.Answer users() {
    return rest.get("auth/users?provider=" + provider);
  }

  private void assertFails(String table, String column, Object value) {
    try (RefusingStore store = RefusingStore.of(server, table, column, value)) {
      HttpResponse<String> answer = signIn();
      assertRefused(answer, "sign-in-store");
      assertThat(answer.headers().allValues("Set-Cookie"))
          .as(store.constraint())
          .noneMatch(cookie -> cookie.startsWith("sallyport_session="));
      assertAudited();
    }
  }

  private void assertAudited() {
    Await.until(
        "the failure is in the audit",
        () -> {
          String rows = rest.get("audit?event=auth.oidc_login_failed&resource=" + provider).text();
          return rows.contains("\"outcome\":\"failure\"") && rows.contains("sign-in-store");
        });
  }

  private static void assertProblem(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(answer.headers().firstValue("Retry-After")).contains("10");
    assertThat(answer.body()).contains("\"code\":\"sign-in-store\"");
  }

  @ParameterizedTest
  @CsvSource({"app_user,subject", "console_session,subject"})
  void signInWhenThePersonCanNotBeStoredThenNothingIs(String table, String column) {
    assertFails(table, column, idp.subject());
    assertThat(users().json().get("items").findValuesAsString("subject")).isEmpty();

    signIn();
    assertThat(me().at("/kind").asString()).isEqualTo("user");
  }

  @Test
  void callbackWhenAScriptAsksAndTheStoreFailsThenProblemWithTheSameCode() {
    FakeIdp.Asked asked = begin();
    try (RefusingStore store =
        RefusingStore.of(server, "console_session", "subject", idp.subject())) {
      assertThat(store.constraint()).isNotEmpty();
      assertProblem(
          browser.get("/auth/oidc/callback?" + idp.answer(asked), "Accept", "application/json"));
    }
  }

  @Test
  void loginWhenTheStoreFailsThenSaysSoAndIsAudited() throws SQLException {
    begin();
    String id = browser.cookies().values().iterator().next().split("\\.")[1];
    browser.cookies().clear();
    String login = "/auth/oidc/login?provider=" + provider;
    try (RefusingStore store =
        RefusingStore.of(server, "pre_login", "address_group", addressGroupOf(id))) {
      assertRefused(browser.get(login), "sign-in-store");
      assertThat(browser.cookies()).as(store.constraint()).isEmpty();
      assertProblem(browser.get(login, "Accept", "application/json"));
      assertAudited();
    }
    assertThat(location(signIn())).isEqualTo("/");
  }

  private String addressGroupOf(String preLogin) throws SQLException {
    try (RolledBack database = new RolledBack(server)) {
      return database
          .sql()
          .first(
              "select address_group from pre_login where id = ?",
              row -> row.text("address_group"),
              preLogin)
          .orElseThrow();
    }
  }

  @Test
  void signInWhenARoleCanNotBeStoredThenNothingIs() {
    map("eng", "r-viewer");
    idp.claim("groups", List.of("eng"));
    assertFails("assignment", "source", "provider:" + provider);
    assertThat(users().json().get("items").findValuesAsString("subject")).isEmpty();

    signIn();
    assertThat(me().at("/assignments/0/role").asString()).isEqualTo("r-viewer");
  }
}
