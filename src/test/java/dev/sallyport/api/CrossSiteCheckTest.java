package dev.sallyport.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.config.Settings;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CrossSiteCheckTest {
  private static final String OWN = "https://gw.example";
  private final CrossSiteCheck check = new CrossSiteCheck();

  CrossSiteCheckTest() {
    check.settings =
        Settings.read(Map.of("SALLYPORT_MASTER_KEY", "k", "SALLYPORT_PUBLIC_URL", OWN));
  }

  /// A request that knows its method and headers, and nothing else.
  private static HttpServletRequest request(String method, Map<String, String> headers) {
    return (HttpServletRequest)
        Proxy.newProxyInstance(
            CrossSiteCheckTest.class.getClassLoader(),
            new Class<?>[] {HttpServletRequest.class},
            (_, called, arguments) ->
                switch (called.getName()) {
                  case "getMethod" -> method;
                  case "getHeader" -> headers.get((String) arguments[0]);
                  default -> throw new UnsupportedOperationException(called.getName());
                });
  }

  private boolean refuses(String method, Map<String, String> headers) {
    return check.refuses(request(method, headers), true);
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "HEAD", "OPTIONS"})
  void refusesWhenNothingChangesThenNot(String method) {
    assertThat(refuses(method, Map.of("Origin", "https://evil.example"))).isFalse();
    assertThat(refuses(method, Map.of())).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH", "get"})
  void refusesWhenChangeComesFromElsewhereThenYes(String method) {
    assertThat(refuses(method, Map.of("Origin", "https://evil.example"))).isTrue();
    assertThat(refuses(method, Map.of("Origin", "null"))).isTrue();
    assertThat(refuses(method, Map.of("Origin", "http://gw.example"))).isTrue();
    assertThat(refuses(method, Map.of("Origin", OWN + ".evil.example"))).isTrue();
    assertThat(refuses(method, Map.of("Origin", OWN))).isFalse();
  }

  @Test
  void refusesWhenOriginIsForeignThenSameSiteHeaderDoesNotHelp() {
    assertThat(
            refuses(
                "POST", Map.of("Origin", "https://evil.example", "Sec-Fetch-Site", "same-origin")))
        .isTrue();
  }

  @ParameterizedTest
  @CsvSource({"same-origin,false", "same-site,true", "cross-site,true", "none,true"})
  void refusesWhenOriginIsOwnThenSecFetchSiteMustBeAsWell(String site, boolean refused) {
    assertThat(refuses("POST", Map.of("Origin", OWN, "Sec-Fetch-Site", site))).isEqualTo(refused);
  }

  @ParameterizedTest
  @CsvSource({"same-origin,false", "same-site,true", "cross-site,true", "none,true"})
  void refusesWhenOriginIsAbsentThenSecFetchSiteDecides(String site, boolean refused) {
    assertThat(refuses("POST", Map.of("Sec-Fetch-Site", site))).isEqualTo(refused);
  }

  @Test
  void refusesWhenNothingSaysWhereItComesFromThenOnlyWithASession() {
    assertThat(refuses("POST", Map.of())).isTrue();
    assertThat(check.refuses(request("POST", Map.of()), false)).isFalse();
  }

  @Test
  void refusesWhenWebSocketComesFromElsewhereThenYes() {
    assertThat(refuses("GET", Map.of("Upgrade", "websocket", "Origin", "https://evil.example")))
        .isTrue();
    assertThat(refuses("GET", Map.of("Upgrade", "websocket", "Origin", OWN))).isFalse();
    assertThat(refuses("GET", Map.of("Upgrade", "websocket"))).isTrue();
    assertThat(refuses("GET", Map.of("Upgrade", "websocket", "Sec-Fetch-Site", "cross-site")))
        .isTrue();
  }

  @Test
  void refusesWhenWebSocketHasOwnOriginThenSecFetchSiteDoesNotMatter() {
    assertThat(
            refuses(
                "GET",
                Map.of("Upgrade", "websocket", "Origin", OWN, "Sec-Fetch-Site", "cross-site")))
        .isFalse();
  }
}
