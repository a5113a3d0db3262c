package dev.sallyport.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.http.OutboundException.Reason;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutboundProxyTest {
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private ServerSocket proxy;
  private Outbound outbound;

  @BeforeEach
  void start() throws Exception {
    proxy = new ServerSocket(0, 5, InetAddress.ofLiteral("127.0.0.1"));
    Thread.ofVirtual().start(this::refuseEverything);
    outbound =
        Outbound.allowing("127.0.0.1")
            .names(OutboundProxyTest::unknown)
            .proxy("http://127.0.0.1:" + proxy.getLocalPort());
  }

  @AfterEach
  void stop() throws Exception {
    proxy.close();
  }

  @Test
  void fetchWhenThereIsAProxyThenTheNameGoesThere() {
    FetchRequest request = FetchRequest.get(URI.create("https://idp.test/jwks"));
    OutboundException e = outbound.failure(request);
    assertThat(e.reason()).isEqualTo(Reason.CONNECT);
    assertThat(e).hasMessageContaining("idp.test").hasMessageContaining("403");
    assertThat(asked).containsExactly("CONNECT idp.test:443 HTTP/1.1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://10.0.0.1/", "https://169.254.169.254/", "https://[::1]/"})
  void fetchWhenThereIsAProxyThenRefusedAddressesStayRefused(String url) {
    FetchRequest request = FetchRequest.get(URI.create(url));
    assertThat(outbound.failure(request).reason()).isEqualTo(Reason.REFUSED_ADDRESS);
    assertThat(asked).isEmpty();
  }

  @Test
  void fetchWhenTheSettingNamesTheAddressThenGoesPastTheProxy() throws Exception {
    try (LoopbackServer server = LoopbackServer.plain("127.0.0.1")) {
      server.answer("/", 200, "direct");
      assertThat(outbound.fetch(FetchRequest.get(server.url("/"))).text()).isEqualTo("direct");
      assertThat(asked).isEmpty();
    }
  }

  @Test
  void fetchWhenPlainHttpThenTheProxyIsNotAsked() {
    FetchRequest request = FetchRequest.get(URI.create("http://8.8.8.8/"));
    assertThat(outbound.failure(request).reason()).isEqualTo(Reason.NOT_HTTPS);
    assertThat(asked).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"proxy:3128", "https://proxy:3128", "http://u:p@proxy:3128", "http://proxy"})
  void openWhenTheProxyIsMalformedThenNamesTheSetting(String text) {
    assertThatThrownBy(() -> outbound.proxy(text).open())
        .hasMessageContaining("SALLYPORT_OUTBOUND_PROXY");
  }

  private void refuseEverything() {
    while (!proxy.isClosed()) {
      try (Socket socket = proxy.accept();
          var reader = new BufferedReader(new InputStreamReader(socket.getInputStream()))) {
        asked.add(reader.readLine());
        String refusal = "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n";
        socket.getOutputStream().write(refusal.getBytes(StandardCharsets.US_ASCII));
        reader.readLine();
      } catch (IOException e) {
        // the next client, or the end
      }
    }
  }

  private static InetAddress[] unknown(String host) throws UnknownHostException {
    throw new UnknownHostException(host);
  }
}
