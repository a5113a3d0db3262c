package dev.sallyport.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.http.OutboundException.Reason;
import dev.sallyport.testing.DeadPort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutboundHttpTest {
  private final Outbound outbound = Outbound.allowing("127.0.0.1");
  private LoopbackServer server;

  @BeforeEach
  void start() throws Exception {
    server = LoopbackServer.plain("127.0.0.1");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void fetchWhenTheAddressIsAllowedThenGivesStatusHeadersAndBody() throws Exception {
    server.on(
        "/jwks",
        exchange -> {
          exchange.getResponseHeaders().add("Cache-Control", "max-age=60");
          LoopbackServer.send(exchange, 503, "{\"ü\":1}");
        });
    FetchResult result = outbound.fetch(FetchRequest.get(server.url("/jwks?a=b")));
    assertThat(result.status()).isEqualTo(503);
    assertThat(result.isOk()).isFalse();
    assertThat(result.text()).isEqualTo("{\"ü\":1}");
    assertThat(result.header("cache-control")).hasValue("max-age=60");
    assertThat(result.url()).isEqualTo(server.url("/jwks?a=b"));
    assertThat(server.seen().getFirst().path()).isEqualTo("/jwks?a=b");
  }

  @Test
  void fetchWhenHeaderIsSetThenItArrivesAndNoCompressionOrUpgradeIsOffered() throws Exception {
    server.on(
        "/",
        exchange -> {
          var headers = exchange.getRequestHeaders();
          String seen = headers.getFirst("Accept") + " " + headers.getFirst("Accept-Encoding");
          seen += " " + headers.getFirst("Upgrade");
          LoopbackServer.send(exchange, 200, seen);
        });
    FetchRequest request = FetchRequest.get(server.url("/")).header("Accept", "application/json");
    assertThat(outbound.fetch(request).text()).isEqualTo("application/json null null");
  }

  @Test
  void fetchWhenPostFormThenSendsTheFieldsEncoded() throws Exception {
    server.answer("/token", 200, "{}");
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("grant_type", "refresh_token");
    fields.put("refresh_token", "a&b=c d+é");
    outbound.fetch(FetchRequest.postForm(server.url("/token"), fields));
    assertThat(server.seen().getFirst().method()).isEqualTo("POST");
    assertThat(server.seen().getFirst().body())
        .isEqualTo("grant_type=refresh_token&refresh_token=a%26b%3Dc+d%2B%C3%A9");
  }

  @Test
  void fetchWhenTheAddressIsNotAllowedThenNothingIsCalled() {
    server.answer("/", 200, "secret");
    OutboundException e = Outbound.allowing().failure(FetchRequest.get(server.url("/")));
    assertThat(e.reason()).isEqualTo(Reason.REFUSED_ADDRESS);
    assertThat(e)
        .hasMessageContaining("127.0.0.1")
        .hasMessageContaining("SALLYPORT_OUTBOUND_ALLOW");
    assertThat(server.seen()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "file:///etc/passwd, NOT_HTTPS",
    "ftp://idp.example/, NOT_HTTPS",
    "jar:https://idp.example!/x, NOT_HTTPS",
    "/jwks, NOT_HTTPS",
    "http://8.8.8.8/jwks, NOT_HTTPS",
    "https://user:pw@8.8.8.8/, BAD_URL",
    "https://8.8.8.8@127.0.0.1/, BAD_URL",
    "https:jwks, BAD_URL",
    "https:///jwks, BAD_URL",
    "https://2130706433/, BAD_URL",
    "https://0x7f000001/, BAD_URL",
    "https://0x7f.1/, BAD_URL",
    "https://127.1/, BAD_URL",
    "https://0177.0.0.1/, BAD_URL",
    "https://[fe80::1%25lo]/, BAD_URL",
    "https://8.8.8.8:0/, BAD_URL",
    "https://[::ffff:127.0.0.1]/, REFUSED_ADDRESS",
    "https://[::1]/, REFUSED_ADDRESS",
    "https://169.254.169.254/latest, REFUSED_ADDRESS",
    "https://localhost/, REFUSED_ADDRESS"
  })
  void fetchWhenTheUrlIsNotFitThenRefuses(URI url, Reason reason) {
    assertThat(Outbound.allowing().failure(FetchRequest.get(url)).reason()).isEqualTo(reason);
  }

  @Test
  void fetchWhenTheNameIsUnknownThenSaysDns() {
    Outbound lost = outbound.names(host -> new InetAddress[0]);
    OutboundException e =
        lost.failure(FetchRequest.get(URI.create("https://idp.test/?key=hidden")));
    assertThat(e.reason()).isEqualTo(Reason.DNS);
    assertThat(e).hasMessage("The host idp.test is unknown to DNS.");
  }

  @Test
  void fetchWhenTheNameChangesAfterTheCheckThenTheCheckedAddressIsCalled() throws Exception {
    server.answer("/", 200, "checked");
    AtomicInteger lookUps = new AtomicInteger();
    try (LoopbackServer rebound = LoopbackServer.plain("127.0.0.2", server.port())) {
      rebound.answer("/", 200, "rebound");
      Outbound rebinding =
          outbound.names(
              host -> {
                String address = lookUps.getAndIncrement() == 0 ? "127.0.0.1" : "127.0.0.2";
                return new InetAddress[] {InetAddress.getByName(address)};
              });
      FetchResult result = rebinding.fetch(FetchRequest.get(server.url("idp.test", "/")));
      assertThat(result.text()).isEqualTo("checked");
      assertThat(lookUps).hasValue(1);
      assertThat(server.seen().getFirst().host()).isEqualTo("idp.test:" + server.port());
      assertThat(rebound.seen()).isEmpty();
    }
  }

  @Test
  void fetchWhenNothingListensThenSaysConnect() {
    try (DeadPort dead = DeadPort.open()) {
      URI url = URI.create(dead.url() + "?key=hidden");
      OutboundException e = outbound.failure(FetchRequest.get(url));
      assertThat(e.reason()).isEqualTo(Reason.CONNECT);
      assertThat(e.getMessage()).contains("127.0.0.1").doesNotContain("hidden");
    }
  }

  @Test
  @EnabledIf("hasIpv6")
  void fetchWhenTheUrlHoldsAnIpv6LiteralThenCallsIt() throws Exception {
    try (LoopbackServer v6 = LoopbackServer.plain("::1")) {
      v6.answer("/", 200, "six");
      FetchRequest request = FetchRequest.get(v6.url("[::1]", "/"));
      assertThat(Outbound.allowing("::1").fetch(request).text()).isEqualTo("six");
      assertThat(v6.seen().getFirst().host()).isEqualTo("[::1]:" + v6.port());
    }
  }

  /// Containers often come without.
  static boolean hasIpv6() {
    try (LoopbackServer v6 = LoopbackServer.plain("::1")) {
      return v6.port() != 0;
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void fetchWhenTheFirstAddressIsDeadThenTheNextIsCalled() throws Exception {
    server.answer("/", 200, "ok");
    Outbound two =
        Outbound.allowing("127.0.0.0/8")
            .names(
                host ->
                    new InetAddress[] {
                      InetAddress.getByName("127.0.0.3"), InetAddress.getByName("127.0.0.1")
                    });
    assertThat(two.fetch(FetchRequest.get(server.url("idp.test", "/"))).text()).isEqualTo("ok");
  }
}
