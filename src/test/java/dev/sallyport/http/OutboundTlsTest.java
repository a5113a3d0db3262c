package dev.sallyport.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsExchange;
import dev.sallyport.http.OutboundException.Reason;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import javax.net.ssl.ExtendedSSLSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutboundTlsTest {
  @TempDir static Path folder;
  private static TestCertificate certificate;

  // The name resolves to an address that only its CIDR range allows.
  private final Outbound outbound =
      Outbound.allowing("127.0.0.0/8")
          .names(_ -> new InetAddress[] {InetAddress.ofLiteral("127.0.0.1")});
  private LoopbackServer server;

  @BeforeAll
  static void makeCertificate() throws Exception {
    certificate = TestCertificate.make(folder);
  }

  @BeforeEach
  void start() throws Exception {
    server = LoopbackServer.tls(certificate.server());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void fetchWhenTheCaFileHoldsTheRootThenConnectsWithTheOriginalNameAsSniAndHost()
      throws Exception {
    server.on(
        "/",
        exchange -> {
          var session = (ExtendedSSLSession) ((HttpsExchange) exchange).getSSLSession();
          LoopbackServer.send(exchange, 200, session.getRequestedServerNames().toString());
        });
    FetchResult result =
        outbound.caFile(certificate.pem()).fetch(FetchRequest.get(server.url("idp.test", "/")));
    assertThat(result.text()).contains("idp.test");
    assertThat(server.seen().getFirst().host()).isEqualTo("idp.test:" + server.port());
  }

  @Test
  void fetchWhenTheRootIsUnknownThenSaysTlsAndTheSetting() {
    OutboundException e =
        outbound.failure(FetchRequest.get(server.url("idp.test", "/?key=hidden")));
    assertThat(e.reason()).isEqualTo(Reason.TLS);
    assertThat(e.getMessage()).contains("SALLYPORT_OUTBOUND_CA_FILE").doesNotContain("hidden");
  }

  @Test
  void fetchWhenTheCertificateIsForAnotherNameThenSaysTls() {
    server.answer("/", 200, "secret");
    FetchRequest request = FetchRequest.get(server.url("other.test", "/"));
    assertThat(outbound.caFile(certificate.pem()).failure(request).reason()).isEqualTo(Reason.TLS);
    assertThat(server.seen()).isEmpty();
  }

  @Test
  void fetchWhenTheServerSpeaksNoTlsThenSaysTls() throws Exception {
    Duration pause = Duration.ofMillis(20);
    try (DrippingServer plain =
        new DrippingServer("HTTP/1.1 400 Bad Request\r\n\r\n", "x", pause)) {
      OutboundException e = outbound.failure(FetchRequest.get(plain.url("https")));
      assertThat(e.reason()).isEqualTo(Reason.TLS);
    }
  }

  @Test
  void fetchWhenRedirectedFromHttpsToHttpThenRefusesEvenWhatIsAllowed() throws Exception {
    try (LoopbackServer plain = LoopbackServer.plain("127.0.0.1")) {
      server.redirect("/", 302, plain.url("/").toString());
      FetchRequest request = FetchRequest.get(server.url("idp.test", "/"));
      OutboundException e = outbound.caFile(certificate.pem()).failure(request);
      assertThat(e.reason()).isEqualTo(Reason.NOT_HTTPS);
      assertThat(plain.seen()).isEmpty();
    }
  }

  @Test
  void openWhenTheCaFileHoldsNoCertificateThenNamesTheSetting() throws Exception {
    Path empty = Files.createFile(folder.resolve("empty-" + server.port() + ".pem"));
    assertThatThrownBy(() -> outbound.caFile(empty).open())
        .hasMessageContaining("SALLYPORT_OUTBOUND_CA_FILE");
    assertThatThrownBy(() -> outbound.caFile(folder.resolve("absent.pem")).open())
        .hasMessageContaining("SALLYPORT_OUTBOUND_CA_FILE");
  }

  @Test
  void rootsWhenThereIsACaFileThenItIsAddedToTheSystems() throws Exception {
    int system = TrustedRoots.roots(null).size();
    assertThat(system).isGreaterThan(10);
    assertThat(TrustedRoots.roots(certificate.pem()).size()).isEqualTo(system + 1);
  }
}
