package dev.sallyport.connections.remote;

import static dev.sallyport.connections.remote.Remote.UNSET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.connections.tls.AppTls;
import dev.sallyport.connections.tls.TlsChoice;
import dev.sallyport.problem.SallyportException;
import dev.sallyport.testing.RemoteMcp;
import dev.sallyport.testing.RemoteMcp.Reply;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// An app's server that turns to another authorization server, or away from what it said before.
class MovedServerTest {
  private static final String OAUTH = "/.well-known/oauth-authorization-server";

  private final Remote remote = new Remote();
  private final Remote otherNode = new Remote(remote);
  private final RemoteMcp mcp = RemoteMcp.start();
  private final RemoteMcp next = RemoteMcp.start();
  private final AtomicLong now = new AtomicLong();

  @BeforeEach
  void open() {
    remote.discovery.ticker = now::get;
    assertThat(remote.of(mcp.url()).server().issuer()).isEqualTo(mcp.issuer());
  }

  @AfterEach
  void stop() {
    mcp.close();
    next.close();
    otherNode.close();
    remote.close();
  }

  /// What the server says of the refused token.
  private RemoteResource refused(String pointer) {
    return remote.of(mcp.url(), UNSET, new Challenge(pointer, List.of(), "invalid_token"));
  }

  private void points(String path, String resource) {
    Map<String, Object> document =
        Map.of("resource", resource, "authorization_servers", List.of(next.issuer()));
    mcp.on(path, _ -> Reply.json(document));
  }

  private static String issuer(RemoteResource found) {
    return found.server().issuer();
  }

  @Test
  void againWhenTheRefusalPointsElsewhereThenThatIsTheServerForAll() {
    points("/moved", mcp.url());

    assertThat(issuer(refused(mcp.issuer() + "/moved"))).isEqualTo(next.issuer());

    assertThat(issuer(remote.of(mcp.url()))).isEqualTo(next.issuer());
    assertThat(issuer(otherNode.discovery.discoverForSignIn(Remote.app(mcp.url()), UNSET)))
        .isEqualTo(next.issuer());
  }

  @Test
  void againWhenTheRefusalPointsToAForeignHostThenTheAppsOwnWordCounts() {
    next.on(
        "/moved",
        _ ->
            Reply.json(
                Map.of("resource", mcp.url(), "authorization_servers", List.of(next.issuer()))));

    assertThat(issuer(refused(next.issuer() + "/moved"))).isEqualTo(mcp.issuer());
    assertThat(issuer(remote.of(mcp.url()))).isEqualTo(mcp.issuer());
  }

  @Test
  void signInWhenAnotherNodeHasLearntOfAMoveThenThereNotWhereThisOneRemembers() {
    assertThat(issuer(otherNode.of(mcp.url()))).isEqualTo(mcp.issuer());
    points("/moved", mcp.url());
    refused(mcp.issuer() + "/moved");
    assertThat(issuer(otherNode.discovery.discoverForSignIn(Remote.app(mcp.url()), UNSET)))
        .isEqualTo(next.issuer());
  }

  @Test
  void againWhenTheSameDocumentNamesAnotherServerThenThatAfterAMinute() {
    mcp.resource("authorization_servers", List.of(next.issuer()));
    assertThat(issuer(remote.of(mcp.url()))).isEqualTo(mcp.issuer());
    now.addAndGet(Duration.ofSeconds(61).toNanos());
    assertThat(issuer(remote.of(mcp.url()))).isEqualTo(mcp.issuer());
    assertThat(issuer(remote.of(mcp.url(), UNSET, new Challenge(null, List.of(), null))))
        .isEqualTo(next.issuer());
    assertThat(issuer(remote.of(mcp.url()))).isEqualTo(next.issuer());
  }

  @Test
  void againThenTheScopesOfTheRefusalGoFirst() {
    var challenge = new Challenge(null, List.of("admin"), "invalid_token");
    assertThat(remote.of(mcp.url(), UNSET, challenge).scopes()).containsExactly("admin");
    assertThat(refused(mcp.issuer() + "/gone").scopes()).containsExactly("read", "write");
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://10.0.0.1/prm", "http://169.254.169.254/x", "javascript:1"})
  void againWhenThePointerMustNotBeFollowedThenNothingMoves(String pointer) {
    assertThat(issuer(refused(pointer))).isEqualTo(mcp.issuer());
  }

  @Test
  void againWhenThePointerIsToAnotherResourceThenNothingMoves() {
    points("/moved", "https://other.example/mcp");
    assertThat(issuer(refused(mcp.issuer() + "/moved"))).isEqualTo(mcp.issuer());
    assertThat(issuer(remote.of(mcp.url()))).isEqualTo(mcp.issuer());
  }

  /// What turns up after the server was found in order.
  static List<Consumer<RemoteMcp>> faults() {
    return List.of(
        mcp -> mcp.metadata("issuer", "http://other.example"),
        mcp -> mcp.metadata("code_challenge_methods_supported", List.of("plain")),
        mcp -> mcp.resource("resource", "https://other.example"),
        mcp -> mcp.resource("authorization_servers", List.of("https://10.0.0.1")),
        mcp -> mcp.without(OAUTH));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void discoverWhenTheServerTakesBackWhatItSaidThenTheLastAnswerIsWorthNothing(
      Consumer<RemoteMcp> fault) {
    fault.accept(mcp);
    assertThatThrownBy(() -> remote.discovery.discover(Remote.app(mcp.url(), 2), UNSET))
        .isInstanceOf(SallyportException.class);
  }

  @Test
  void discoverWhenTheAppsOwnTlsIsBrokenThenTheLastAnswerIsWorthNothing() {
    remote.discovery.tls = new BrokenTls();
    assertThatThrownBy(() -> remote.discovery.discover(Remote.app(mcp.url(), 2), UNSET))
        .isInstanceOf(SallyportException.class)
        .hasMessageContaining("own TLS");
  }

  private static final class BrokenTls extends AppTls {
    @Override
    public TlsChoice upstream(String appId) {
      return new TlsChoice.Broken();
    }
  }

  @Test
  void discoverWhenTheServerHasTroubleThenTheLastAnswerServesCallsAndNoSignIn() {
    mcp.on(OAUTH, _ -> Reply.status(503));
    assertThat(issuer(remote.discovery.discover(Remote.app(mcp.url(), 2), UNSET)))
        .isEqualTo(mcp.issuer());
    assertThatThrownBy(() -> remote.discovery.discoverForSignIn(Remote.app(mcp.url(), 2), UNSET))
        .isInstanceOf(SallyportException.class)
        .hasMessageContaining("503");
  }
}
