package dev.sallyport.connections.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.config.Settings;
import dev.sallyport.connections.remote.AuthorizationServer;
import dev.sallyport.http.OutboundFixture;
import dev.sallyport.testing.RemoteMcp;
import dev.sallyport.testing.RemoteMcp.Reply;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Whether a client id metadata document can be read and is right: what the form warns of.
class DocumentCheckTest {
  private static final String PATH = "/client.json";
  private static final String BACK = "https://gw.example/oauth/connect/callback";

  private final RemoteMcp site = RemoteMcp.start();
  private final DocumentCheck check = new DocumentCheck();
  private String clientId;

  @BeforeEach
  void open() {
    check.http = OutboundFixture.toLoopback();
    check.addresses = new ReturnAddresses();
    check.addresses.settings =
        Settings.read(
            Map.of(
                "SALLYPORT_PUBLIC_URL",
                "https://gw.example",
                "SALLYPORT_MASTER_KEY",
                "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="));
    clientId = site.issuer() + PATH;
  }

  @AfterEach
  void close() {
    site.close();
  }

  private String fault() {
    URI url = URI.create("https://auth.example/x");
    var server =
        new AuthorizationServer(
            "https://auth.example", url, url, null, null, Set.of(), Set.of("none"), true, true);
    return check.fault(clientId, server).orElse("");
  }

  private void says(String id, String redirectUri) {
    Map<String, Object> document = Map.of("client_id", id, "redirect_uris", List.of(redirectUri));
    site.on(PATH, _ -> Reply.json(document));
  }

  @Test
  void faultWhenReadAndRightThenNone() {
    says(clientId, BACK);

    assertThat(fault()).isEmpty();
  }

  @Test
  void faultWhenNotFoundThenSaysTheStatus() {
    site.on(PATH, _ -> Reply.status(404));

    assertThat(fault()).isEqualTo(clientId + " was answered with status 404.");
  }

  @Test
  void faultWhenNotReachedThenSaysWhy() {
    says(clientId, BACK);
    site.close();

    assertThat(fault()).contains("127.0.0.1");
  }

  @Test
  void faultWhenItLeadsElsewhereThenRefused() {
    site.on(PATH, _ -> Reply.redirect("https://elsewhere.example/"));

    assertThat(fault()).isNotEmpty();
  }

  @Test
  void faultWhenNoJsonThenSaysSo() {
    site.on(PATH, _ -> new Reply(200, "<html>", Map.of()));

    assertThat(fault()).isEqualTo(clientId + " is no JSON.");
  }

  @Test
  void faultWhenItNamesAnotherClientThenSaysSo() {
    says("https://gw.example/other.json", BACK);

    assertThat(fault()).isEqualTo(clientId + " names another client_id than its own URL.");
  }

  @Test
  void faultWhenTheRedirectUriIsMissingThenNamesIt() {
    says(clientId, "https://gw.example/elsewhere");

    assertThat(fault()).isEqualTo(clientId + " lacks the redirect URI " + BACK + ".");
  }
}
