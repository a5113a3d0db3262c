package dev.sallyport.consolesessions.signin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.config.Settings;
import dev.sallyport.consolesessions.StartedSession;
import dev.sallyport.crypto.Secret;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The cookies of a session as its settings want them.
class SameSiteTest {
  private static final Instant NOW = Instant.parse("2030-01-01T12:00:00Z");
  private final List<Cookie> cookies = new ArrayList<>();

  private HttpServletResponse response() {
    return (HttpServletResponse)
        Proxy.newProxyInstance(
            SameSiteTest.class.getClassLoader(),
            new Class<?>[] {HttpServletResponse.class},
            (_, _, arguments) -> {
              cookies.add((Cookie) arguments[0]);
              return null;
            });
  }

  private static SignInCookies writer(String sameSite) {
    var writer = new SignInCookies();
    writer.clock = Clock.fixed(NOW, ZoneOffset.UTC);
    writer.settings =
        Settings.read(
            Map.of(
                "SALLYPORT_MASTER_KEY", "k",
                "SALLYPORT_PUBLIC_URL", "https://gw.example",
                "SALLYPORT_CONSOLE_COOKIE_SAME_SITE", sameSite));
    return writer;
  }

  @ParameterizedTest
  @ValueSource(strings = {"Strict", "Lax"})
  void writeThenBothCookiesAreAsTheSettingSaysAndEndWithTheSession(String sameSite) {
    writer(sameSite)
        .write(
            response(),
            new StartedSession(
                new Secret("session"), new Secret("csrf"), NOW.plus(Duration.ofHours(8))));

    assertThat(cookies)
        .hasSize(2)
        .allSatisfy(
            cookie -> {
              assertThat(cookie.getName()).startsWith("__Host-");
              assertThat(cookie.getAttribute("SameSite")).isEqualTo(sameSite);
              assertThat(cookie.getSecure()).isTrue();
              assertThat(cookie.getPath()).isEqualTo("/");
              assertThat(cookie.getMaxAge()).isEqualTo(8 * 3_600);
            });
    assertThat(cookies).extracting(Cookie::isHttpOnly).containsExactly(true, false);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Strict", "Lax"})
  void clearThenBothGoWithTheSameAttributes(String sameSite) {
    writer(sameSite).clear(response());

    assertThat(cookies)
        .hasSize(2)
        .allSatisfy(
            cookie -> {
              assertThat(cookie.getValue()).isEmpty();
              assertThat(cookie.getMaxAge()).isZero();
              assertThat(cookie.getAttribute("SameSite")).isEqualTo(sameSite);
            });
  }
}
