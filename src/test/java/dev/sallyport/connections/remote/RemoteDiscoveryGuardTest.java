package dev.sallyport.connections.remote;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.testing.RemoteMcp;
import dev.sallyport.testing.RemoteMcp.Reply;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a hostile server can't have fetched. Only 127.0.0.1 may be reached here.
class RemoteDiscoveryGuardTest {
  private static final String OAUTH = "/.well-known/oauth-authorization-server";

  private final AtomicInteger lookUps = new AtomicInteger();
  private final Remote remote = new Remote(this::changing);
  private final RemoteMcp mcp = RemoteMcp.start();

  @AfterEach
  void stop() {
    mcp.close();
    remote.close();
  }

  /// A name that is public when it is looked up first, and private from then on.
  private InetAddress[] changing(String host) throws UnknownHostException {
    return new InetAddress[] {
      InetAddress.ofLiteral(lookUps.incrementAndGet() == 1 ? "192.0.2.1" : "10.0.0.1")
    };
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://169.254.169.254/latest",
        "https://10.0.0.1/prm",
        "http://[::ffff:169.254.169.254]/",
        "https://127.0.0.2/prm"
      })
  void discoverWhenTheChallengePointsToAPrivateAddressThenItIsNotFetched(String pointer) {
    mcp.challenge("Bearer resource_metadata=\"" + pointer + "\"")
        .without("/.well-known/oauth-protected-resource" + RemoteMcp.PATH);
    assertThat(remote.fault(mcp.url())).contains("SALLYPORT_OUTBOUND_ALLOW");
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://10.0.0.1", "https://169.254.169.254/x", "https://[fd00::1]"})
  void discoverWhenTheIssuerIsAPrivateAddressThenItIsNotFetched(String issuer) {
    mcp.resource("authorization_servers", List.of(issuer));
    assertThat(remote.fault(mcp.url())).contains("SALLYPORT_OUTBOUND_ALLOW");
  }

  @Test
  void discoverWhenMetadataRedirectsToAPrivateAddressThenItIsNotFollowed() {
    mcp.on(OAUTH, _ -> Reply.redirect("https://10.0.0.1/metadata"));
    assertThat(remote.fault(mcp.url())).contains("10.0.0.1", "SALLYPORT_OUTBOUND_ALLOW");
  }

  @Test
  void discoverWhenDnsChangesItsAnswerThenTheNewOneIsRefused() {
    mcp.resource("authorization_servers", List.of("https://changing.test"));
    assertThat(remote.fault(mcp.url())).contains("changing.test");
    assertThat(remote.fault(mcp.url(), Remote.pinned("https://changing.test")))
        .contains("10.0.0.1", "SALLYPORT_OUTBOUND_ALLOW");
  }

  @Test
  void discoverWhenMetadataIsHugeThenItIsNotRead() {
    String huge = "{\"issuer\":\"" + "x".repeat(10_000_000) + "\"}";
    mcp.on(OAUTH, _ -> new Reply(200, huge, Map.of()));
    assertThat(remote.fault(mcp.url())).contains("more than 262144 bytes");
  }

  @ParameterizedTest
  @ValueSource(strings = {"file:///etc/passwd", "javascript:alert(1)", "https://a@127.0.0.1/"})
  void discoverWhenTheIssuerIsNoWebUrlThenRefuses(String issuer) {
    mcp.resource("authorization_servers", List.of(issuer));
    assertThat(remote.fault(mcp.url())).contains("is no issuer");
  }
}
