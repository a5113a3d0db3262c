package dev.sallyport.connections;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.testing.Await;
import dev.sallyport.testing.RunningServer;
import dev.sallyport.testing.TestToken;
import dev.sallyport.testing.TokenServer;
import dev.sallyport.testing.TokenServer.Answer;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;

/// Tokens that the gateway gets for upstreams: by exchange of the caller's, or for itself.
@ExtendWith(RunningServer.Extension.class)
@Isolated("The cache tells how much all keep in it.")
class FetchedTokenIT extends CredentialFixture {
  @Test
  void clientCredentialsThenOneTokenForAllCallers() {
    try (TokenServer server = counting()) {
      set(at(server, "client_credentials", "scopes", List.of("a", "b"), "audience", "app"));

      assertThat(call(entrance.token()).header("Authorization")).hasValue("Bearer t-1");
      assertThat(call(entrance.token()).header("Authorization")).hasValue("Bearer t-1");

      assertThat(server.asked()).hasSize(1);
      assertThat(server.asked().getFirst().authorization()).startsWith("Basic ");
      assertThat(server.asked().getFirst().form())
          .containsEntry("grant_type", "client_credentials")
          .containsEntry("scope", "a b")
          .containsEntry("audience", "app");
    }
  }

  @Test
  void exchangeThenEachCallerHasATokenOfTheirOwn() {
    try (TokenServer server = counting()) {
      set(at(server, "exchange", "connectorId", "corp", "resource", "https://app.test/"));
      TestToken alice = entrance.token();

      assertThat(call(alice).header("Authorization")).hasValue("Bearer t-1");
      assertThat(call(alice).header("Authorization")).hasValue("Bearer t-1");
      assertThat(call(entrance.token()).header("Authorization")).hasValue("Bearer t-2");

      assertThat(server.asked().getFirst().form())
          .containsEntry("grant_type", "urn:ietf:params:oauth:grant-type:token-exchange")
          .containsEntry("subject_token", alice.signed())
          .containsEntry("subject_token_type", "urn:ietf:params:oauth:token-type:access_token")
          .containsEntry("connector_id", "corp")
          .containsEntry("resource", "https://app.test/")
          .containsEntry("scope", "openid profile email groups");
    }
  }

  @Test
  void exchangeWhenRefusedThenTheCallerLearnsWhyAndTheUpstreamHearsNothing() {
    try (TokenServer server = TokenServer.start(asked -> Answer.error(400, "invalid_target"))) {
      set(at(server, "exchange"));

      HttpResponse<String> answer = get(entrance.token());

      assertThat(answer.statusCode()).isEqualTo(502);
      assertThat(answer.body()).contains("upstream-token-refused", "invalid_target");
      assertThat(upstream.received()).isEmpty();
    }
  }

  @Test
  void exchangeWhenErrorComesWithStatus200ThenItIsOne() {
    try (TokenServer server = TokenServer.start(asked -> Answer.error(200, "bad_token"))) {
      set(at(server, "exchange"));
      assertThat(get(entrance.token()).body()).contains("upstream-token-refused", "bad_token");
    }
  }

  @Test
  void exchangeWhenJwtIsOfAnotherIssuerThenRefused() {
    String foreign = entrance.token().signed();
    try (TokenServer server = TokenServer.start(asked -> Answer.token(foreign, 300))) {
      set(at(server, "exchange"));
      assertThat(get(entrance.token()).body()).contains("upstream-token-refused");
    }
  }

  @Test
  void exchangeWhenJwtIsOfTheExpectedIssuerThenSent() {
    String token = entrance.token().signed();
    try (TokenServer server = TokenServer.start(asked -> Answer.token(token, 300))) {
      set(at(server, "exchange", "expectedIssuer", entrance.issuer().iss() + "/"));
      assertThat(call(entrance.token()).header("Authorization")).hasValue("Bearer " + token);
    }
  }

  @Test
  void exchangeWhenEndpointIsDownThenUnavailable() {
    TokenServer server = counting();
    set(at(server, "exchange"));
    server.close();

    HttpResponse<String> answer = get(entrance.token());

    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.body()).contains("upstream-token-unavailable");
  }

  @Test
  void clearWhenExchangedThenTheNextCallExchangesAgain() {
    try (TokenServer endpoint = counting()) {
      set(at(endpoint, "exchange"));
      TestToken token = entrance.token();
      call(token);
      String app = entrance.appPath().replace("apps/", "");
      assertThat(entrance.rest().delete("connections/exchange-cache?app=" + app).status())
          .isEqualTo(204);
      assertThat(call(token).header("Authorization")).hasValue("Bearer t-2");
      assertThat(entrance.rest().get("connections/exchange-cache").json().get("capacity").asInt())
          .isEqualTo(10_000);
    }
  }

  @Test
  void exchangeWhenItsTokenEndsThenItLeavesTheCache() {
    try (TokenServer server = TokenServer.start(asked -> Answer.token("t", 32))) {
      set(at(server, "exchange"));
      int before = entries();
      call(entrance.token());

      Await.until("the entry to be gone", () -> entries() <= before);
    }
  }

  private int entries() {
    return entrance.rest().get("connections/exchange-cache").json().get("entries").asInt();
  }
}
