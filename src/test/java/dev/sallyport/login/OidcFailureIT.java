package dev.sallyport.login;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.testing.RefusingStore;
import dev.sallyport.testing.Rest;
import java.net.http.HttpResponse;
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
      assertThat(answer.statusCode()).as(store.constraint()).isGreaterThanOrEqualTo(300);
      assertThat(answer.headers().allValues("Set-Cookie"))
          .noneMatch(cookie -> cookie.startsWith("sallyport_session=ses-"));
      assertThat(browser.get(ME).statusCode()).isEqualTo(401);
    }
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
  void signInWhenARoleCanNotBeStoredThenNothingIs() {
    map("eng", "r-viewer");
    idp.claim("groups", List.of("eng"));
    assertFails("assignment", "source", "provider:" + provider);
    assertThat(users().json().get("items").findValuesAsString("subject")).isEmpty();

    signIn();
    assertThat(me().at("/assignments/0/role").asString()).isEqualTo("r-viewer");
  }
}
