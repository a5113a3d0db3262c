package dev.sallyport.consolesessions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.config.Settings;
import dev.sallyport.keyring.Rings;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The cookies of those who are on their way to another server and back.
class TripCookiesTest {
  private static final Instant NOW = Instant.parse("2030-01-01T12:00:00Z");
  private static final TripCookies.Kind KIND =
      new TripCookies.Kind("sallyport_prelogin_", "pl-", UnaryOperator.identity());
  private static final TripCookies.Trip TRIP =
      new TripCookies.Trip("pl-AAAAAAAAAAAAAAAAAAAAAA", "state-of-the-sign-in");

  private final List<Cookie> cookies = new ArrayList<>();

  private static <T> T proxy(Class<T> type, java.lang.reflect.InvocationHandler handler) {
    return type.cast(
        Proxy.newProxyInstance(
            TripCookiesTest.class.getClassLoader(), new Class<?>[] {type}, handler));
  }

  private TripCookies.Http http() {
    return new TripCookies.Http(
        proxy(HttpServletRequest.class, (_, _, _) -> cookies.toArray(new Cookie[0])),
        proxy(
            HttpServletResponse.class,
            (_, _, arguments) -> {
              cookies.add((Cookie) arguments[0]);
              return null;
            }));
  }

  private static TripCookies trips(String publicUrl, String sameSite) {
    Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
    Rings stored = new Rings();
    stored.add(NOW.minusSeconds(60), null);
    TripCookies trips = new TripCookies();
    trips.signed = new SignedValues();
    trips.signed.clock = clock;
    trips.signed.keys = stored.node(clock);
    trips.settings =
        Settings.read(
            Map.of(
                "SALLYPORT_MASTER_KEY", "k",
                "SALLYPORT_PUBLIC_URL", publicUrl,
                "SALLYPORT_CONSOLE_COOKIE_SAME_SITE", sameSite));
    return trips;
  }

  @ParameterizedTest
  @CsvSource({
    "https://gw.example,Strict,__Host-,true",
    "https://gw.example,Lax,__Host-,true",
    "http://127.0.0.1:8080,Strict,'',false"
  })
  void setThenAlwaysLaxAndTiedToTheHostWhereItCanBe(
      String publicUrl, String sameSite, String prefix, boolean isSecure) {
    trips(publicUrl, sameSite).set(KIND, TRIP, http());

    assertThat(cookies).hasSize(1);
    Cookie cookie = cookies.getFirst();
    assertThat(cookie.getName()).isEqualTo(prefix + "sallyport_prelogin_state-of");
    assertThat(cookie.getAttribute("SameSite")).isEqualTo("Lax");
    assertThat(cookie.getSecure()).isEqualTo(isSecure);
    assertThat(cookie.isHttpOnly()).isTrue();
    assertThat(cookie.getPath()).isEqualTo("/");
    assertThat(cookie.getDomain()).isNull();
    assertThat(cookie.getMaxAge()).isEqualTo(600);
  }

  @Test
  void findWhenTheCookieComesBackThenItsIdAndNoOther() {
    TripCookies trips = trips("https://gw.example", "Strict");
    TripCookies.Http http = http();
    trips.set(KIND, TRIP, http);

    assertThat(trips.find(KIND, TRIP.state(), http.request())).contains(TRIP.id());
    assertThat(trips.find(KIND, "another-state", http.request())).isEmpty();
    assertThat(
            trips.find(
                new TripCookies.Kind(KIND.name(), "ses-", KIND.waiting()),
                TRIP.state(),
                http.request()))
        .isEmpty();
  }
}
