package dev.sallyport.login;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.testing.FakeIdp;
import dev.sallyport.testing.RolledBack;
import dev.sallyport.testing.TestDatabase;
import java.sql.SQLException;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/// The cookie that ties a sign-in to its browser. Whatever is wrong with it, the answer is the
/// same: nobody learns how near a forgery came.
class OidcCookieIT extends OidcSignIn {
  private void assertCookieRefused(UnaryOperator<String> change) {
    FakeIdp.Asked asked = begin();
    browser.cookies().replaceAll((name, value) -> change.apply(value));
    assertRefused(callback(idp.answer(asked)), "sign-in-cookie-missing");
    browser.cookies().clear();
  }

  private static String part(String cookie, int index, String other) {
    String[] parts = cookie.split("\\.");
    parts[index] = other;
    return String.join(".", parts);
  }

  @Test
  void callbackWhenTheCookieIsMalformedThenAsIfThereWereNone() {
    assertCookieRefused(value -> "nonsense");
    assertCookieRefused(value -> value + ".more");
    assertCookieRefused(value -> value.substring(0, value.lastIndexOf('.')));
    assertCookieRefused(value -> part(value, 0, "v2"));
    assertCookieRefused(value -> part(value, 3, "%%%"));
    assertCookieRefused(value -> part(value, 3, ""));
  }

  @Test
  void callbackWhenTheCookieIsOfAnotherKindThenAsIfThereWereNone() {
    assertCookieRefused(value -> value.replace("pl-", "ses-"));
  }

  @Test
  void callbackWhenTheCookiesKeyIsUnknownThenAsIfThereWereNone() {
    assertCookieRefused(value -> part(value, 2, "key_AAAAAAAAAAAAAAAAAAAAAA"));
  }

  @Test
  void callbackWhenTheIdWasChangedThenAsIfThereWereNone() {
    assertCookieRefused(value -> part(value, 1, "pl-AAAAAAAAAAAAAAAAAAAAAA"));
  }

  @Test
  void callbackWhenTheSignInIsOverThenSaysSo() throws SQLException {
    FakeIdp.Asked asked = begin();
    String id = browser.cookies().values().iterator().next().split("\\.")[1];
    update("update pre_login set expires_at = now() where id = ?", id);

    assertRefused(callback(idp.answer(asked)), "sign-in-expired");
  }

  @Test
  void loginWhenTheProviderIsOffThenNothingIsKept() throws SQLException {
    begin();
    long before = kept();
    change("enabled", false);
    browser.get("/auth/oidc/login?provider=" + provider);

    assertThat(before).isPositive();
    assertThat(kept()).isLessThanOrEqualTo(before);
  }

  private void update(String sql, String id) throws SQLException {
    try (var connection = TestDatabase.connect(server);
        var statement = connection.prepareStatement(sql)) {
      statement.setString(1, id);
      assertThat(statement.executeUpdate()).isEqualTo(1);
    }
  }

  private long kept() throws SQLException {
    try (var database = new RolledBack(server)) {
      return database.count("pre_login");
    }
  }
}
