package dev.sallyport.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.testing.Nginx;
import dev.sallyport.testing.RawCall;
import dev.sallyport.testing.SiteBrowser;
import dev.sallyport.testing.SiteBrowser.Answer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// nginx with the documented configuration before an app, and Sallyport as its gatekeeper.
class NginxIT extends LaunchFixture {
  private static final Path EXAMPLE = Path.of("docs/proxies/nginx-forward-auth.conf");

  private Nginx nginx;

  @BeforeEach
  void proxy(@TempDir Path folder) throws IOException {
    nginx = Nginx.start(folder, this::configuration);
    origin = "http://" + name + ".localhost:" + nginx.port();
    changeApp(Map.of("publicAddress", origin));
    site = new SiteBrowser(nginx.port(), origin);
  }

  @AfterEach
  void end() {
    nginx.close();
  }

  /// The example with this test's addresses, and without TLS.
  private String configuration(int port) {
    try {
      return Files.readString(EXAMPLE)
          .replace("listen 443 ssl;", "listen 127.0.0.1:" + port + ";")
          .replaceAll("(?m)^ *ssl_certificate.*$", "")
          .replace("127.0.0.1:8080", URI.create(server.base()).getAuthority())
          .replace("127.0.0.1:9000", URI.create(upstream.url()).getAuthority())
          .replace("wiki.example.com", name + ".localhost")
          .replace("/authz/wiki", "/authz/" + name)
          .replace("gateway.example.com", RawCall.host(server));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String bearer() {
    return "Authorization: Bearer " + idp.token(rest.get(appPath).at("/url")).signed();
  }

  @Test
  void callWhenTheTokenIsGoodThenTheAppLearnsWhoItIsAndNoMore() {
    Answer answer =
        site.fetch(
            "/page?a=b",
            bearer(),
            "Sallyport-Jwt-Assertion: forged",
            "Cookie: x_sallyport_app=1; __Host-sallyport_app=secret; theme=dark;SALLYPORT_state_1=x");

    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("hello");
    assertThat(upstream.requests().getLast().getFirst()).isEqualTo("GET /page?a=b HTTP/1.1");
    assertThat(received("Sallyport-Jwt-Assertion"))
        .singleElement()
        .satisfies(assertion -> assertThat(assertion.split("\\.")).hasSize(3));
    assertThat(received("Authorization")).isEmpty();
    assertThat(String.join("", received("Cookie")).replaceAll("[ ;]+", ";").split(";"))
        .containsExactly("x_sallyport_app=1", "theme=dark");
    assertThat(sessions("live")).hasSize(1);
  }

  @Test
  void callWhenSignInsAreUnfinishedThenTheAppKeepsItsOwnCookies() {
    String trips =
        IntStream.rangeClosed(1, 5)
            .mapToObj(i -> "__Host-sallyport_state_" + i + "=x; ")
            .collect(Collectors.joining());

    Answer answer =
        site.fetch(
            "/page", bearer(), "Cookie: a=1; __Host-sallyport_app=x; " + trips + "theme=dark");

    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(String.join("", received("Cookie")).replaceAll("[ ;]+", ";").split(";"))
        .containsExactly("a=1", "theme=dark");
  }

  @Test
  void callWhenThereAreMoreOfThemThenNoneGetsThrough() {
    String many =
        IntStream.rangeClosed(1, 7)
            .mapToObj(i -> "sallyport_state_" + i + "=x; ")
            .collect(Collectors.joining());

    assertThat(site.fetch("/page", bearer(), "Cookie: a=1; " + many + "b=2").status())
        .isEqualTo(200);
    assertThat(received("Cookie")).isEmpty();
  }

  @Test
  void callWhenNobodySpeaksForItThenTheAppIsNotCalled() {
    Answer answer = site.fetch("/page");

    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.first("WWW-Authenticate")).contains("resource_metadata=");
    assertThat(upstream.requests()).isEmpty();
  }

  @Test
  void callWhenTheRulesAreNotMetThenTheAppIsNotCalled() {
    changeConfig(Map.of("allow", List.of(Map.of("claim", "groups", "anyOf", List.of("nobody")))));

    assertThat(site.fetch("/page", bearer()).status()).isEqualTo(403);
    assertThat(upstream.requests()).isEmpty();
  }

  @Test
  void pageWhenNobodyIsSignedInThenByTheSignInAndBack() {
    enter();

    assertThat(received("Sallyport-Jwt-Assertion")).hasSize(1);
    assertThat(received("Cookie")).noneMatch(cookie -> cookie.contains("sallyport_app"));

    rest.delete("app-sessions/" + sessions("live").getFirst());
    assertThat(site.open("/").location()).startsWith(server.base() + "/launch/" + name);
  }
}
