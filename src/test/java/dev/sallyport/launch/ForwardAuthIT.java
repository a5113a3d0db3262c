package dev.sallyport.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.launcher.RunningStack;
import dev.sallyport.testing.Entrance;
import dev.sallyport.testing.RawCall;
import dev.sallyport.testing.SiteBrowser.Answer;
import dev.sallyport.testing.TestToken;
import dev.sallyport.testing.Unique;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a proxy is told that asks about a request: one rule each. How nginx asks, [NginxIT] shows.
class ForwardAuthIT extends LaunchFixture {
  private static final InetAddress PROXY = InetAddress.ofLiteral(RunningStack.PROXY);

  private Entrance entrance;
  private String host;

  @BeforeEach
  void open() {
    host = Unique.name("docs") + ".localhost:" + URI.create(server.base()).getPort();
    entrance =
        Entrance.of(
            server,
            Map.of("uri", "http://127.0.0.1:9/", "publicAddress", "http://" + host),
            Map.of());
  }

  private Answer send(InetAddress from, String request, String... headers) {
    List<String> lines = new ArrayList<>();
    lines.add(request + " HTTP/1.1");
    lines.add("Host: " + RawCall.host(server));
    lines.addAll(List.of(headers));
    try {
      return Answer.of(RawCall.exchange(RawCall.port(server), from, lines.toArray(new String[0])));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Answer ask(String app, String forwardedHost, String... headers) {
    List<String> all = new ArrayList<>(List.of(headers));
    all.add("X-Forwarded-Host: " + forwardedHost);
    // Limits count by the client, so each has an address of its own.
    all.add("X-Forwarded-For: " + Unique.loopback().getHostAddress());
    return send(PROXY, "GET /authz/" + app, all.toArray(new String[0]));
  }

  private String asked() {
    return "/authz/" + entrance.name();
  }

  private String forwardedHost() {
    return "X-Forwarded-Host: " + host;
  }

  private static String bearer(TestToken token) {
    return "Authorization: Bearer " + token.signed();
  }

  private static void assertRefused(Answer answer, int status, String code) {
    assertThat(answer.status() + " " + answer.code()).isEqualTo(status + " " + code);
    assertThat(answer.first("Sallyport-Jwt-Assertion")).isEmpty();
  }

  @Test
  void askWhenTheTokenIsGoodThenYesAndWhoItIs() {
    Answer answer = ask(entrance.name(), host, bearer(entrance.token().with("sub", "ann")));

    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    String claims = answer.first("Sallyport-Jwt-Assertion").split("\\.")[1];
    assertThat(new String(Base64.getUrlDecoder().decode(claims), StandardCharsets.UTF_8))
        .contains("\"sub\":\"ann\"", "\"sid\":\"" + entrance.session() + "\"");
    assertThat(answer.first("Cache-Control")).isEqualTo("no-store");
  }

  @Test
  void askWhenByPostThenYes() {
    Answer answer =
        send(
            PROXY,
            "POST " + asked(),
            forwardedHost(),
            bearer(entrance.token()),
            "Content-Length: 0");

    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
  }

  @Test
  void sessionWhenOpenedThenIsTheClientsAndOne() {
    String client = Unique.loopback().getHostAddress();
    String way = "X-Forwarded-For: 203.0.113.9, " + client;
    String token = bearer(entrance.token());

    send(PROXY, "GET " + asked(), forwardedHost(), way, token);
    send(PROXY, "GET " + asked(), forwardedHost(), way, token);

    assertThat(entrance.rest().get("app-sessions/" + entrance.session()).at("/address"))
        .isEqualTo(client);
  }

  @Test
  void askWhenNoTrustedProxyThenRefused() {
    Answer answer =
        send(Unique.loopback(), "GET " + asked(), forwardedHost(), bearer(entrance.token()));

    assertRefused(answer, 403, "proxy-not-trusted");
  }

  @Test
  void askWhenThroughAProxyThatOnlyPassesCallsOnThenRefused() {
    InetAddress front = InetAddress.ofLiteral(RunningStack.FRONT);

    assertRefused(
        send(front, "GET " + asked(), forwardedHost(), bearer(entrance.token())),
        403,
        "proxy-not-trusted");
  }

  @Test
  void askWhenTheHostIsNotTheAppsThenRefused() {
    String token = bearer(entrance.token());
    String another = origin.substring("http://".length());

    for (String other : List.of(RawCall.host(server), "other.localhost", another)) {
      assertRefused(ask(entrance.name(), other, token), 403, "forwarded-host-not-allowed");
    }
    assertRefused(ask("none", host, token), 403, "forwarded-host-not-allowed");
    assertRefused(
        ask(entrance.name(), host, token, forwardedHost()), 403, "forwarded-host-not-allowed");
    assertRefused(send(PROXY, "GET " + asked(), token), 403, "forwarded-host-not-allowed");
  }

  @ParameterizedTest
  @ValueSource(strings = {"PUT", "HEAD", "DELETE"})
  void askWhenByAnotherMethodThenRefused(String method) {
    Answer answer = send(PROXY, method + " " + asked(), forwardedHost(), bearer(entrance.token()));

    assertThat(answer.status()).isEqualTo(403);
  }

  @Test
  void askWhenNobodySpeaksForItThenTheWayInIsSaid() {
    Answer answer = ask(entrance.name(), host, "Accept: text/html", "Sec-Fetch-Mode: navigate");

    assertRefused(answer, 401, "app-sign-in-needed");
    assertThat(answer.first("WWW-Authenticate")).contains("resource_metadata=");
  }

  @Test
  void askWhenTheTokenIsBadThenRefused() {
    String bad = bearer(entrance.token().with("exp", 1));

    assertRefused(ask(entrance.name(), host, bad), 401, "token-expired");
  }

  @Test
  void askWhenTheSessionHasEndedThenRefused() {
    String token = bearer(entrance.token());
    ask(entrance.name(), host, token);

    entrance.end(entrance.session());

    assertThat(ask(entrance.name(), host, token).status()).isEqualTo(401);
  }

  @Test
  void askWhenTheRulesAreNotMetThenRefused() {
    entrance.changeConfig(
        Map.of("allow", List.of(Map.of("claim", "groups", "anyOf", List.of("nobody")))));

    assertRefused(ask(entrance.name(), host, bearer(entrance.token())), 403, "not-allowed");
  }

  @Test
  void askWhenThereAreTwoTokensThenRefused() {
    String token = bearer(entrance.token());

    assertRefused(ask(entrance.name(), host, token, token), 403, "bad-request");
  }

  @Test
  void askWhenAStrangerAsksTooOftenThenRefused() {
    String client = "X-Forwarded-For: " + Unique.loopback().getHostAddress();
    for (int i = 0; i < 120; i++) {
      assertThat(send(PROXY, "GET " + asked(), forwardedHost(), client).status()).isEqualTo(401);
    }

    assertRefused(send(PROXY, "GET " + asked(), forwardedHost(), client), 403, "too-many-requests");
  }

  @Test
  void askWhenTheCookieIsGoodThenYesUntilItsSessionEnds() {
    enter();

    assertThat(cookied("X-Forwarded-Method: GET").status()).isEqualTo(200);

    rest.delete("app-sessions/" + sessions("live").getFirst());
    assertRefused(cookied("X-Forwarded-Method: GET"), 401, "app-sign-in-needed");
  }

  @Test
  void askWhenTheCookieComesWithAnUnsafeMethodThenOnlyFromTheAppsOwnPage() {
    enter();

    String post = "X-Forwarded-Method: POST";
    assertRefused(cookied(post), 403, "origin-not-allowed");
    assertRefused(cookied(post, "Origin: https://evil.example"), 403, "origin-not-allowed");
    assertThat(cookied(post, "Origin: " + origin).status()).isEqualTo(200);
  }

  @Test
  void askWhenTheProxyDoesNotSayTheMethodThenTheCookieIsNotEnough() {
    enter();

    assertRefused(cookied(), 403, "origin-not-allowed");
  }

  private Answer cookied(String... headers) {
    List<String> all = new ArrayList<>(List.of(headers));
    all.add("Cookie: " + COOKIE + "=" + site.cookies().get(COOKIE));
    return ask(name, origin.substring("http://".length()), all.toArray(new String[0]));
  }
}
