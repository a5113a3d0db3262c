package dev.sallyport.apikeys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.crypto.Secret;
import dev.sallyport.testing.Rest;
import dev.sallyport.testing.RunningServer;
import dev.sallyport.testing.Unique;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Who may call REST, and how it answers what it does not take.
@ExtendWith(RunningServer.Extension.class)
class RestAccessIT {
  private Rest admin;

  @BeforeEach
  void admin(RunningServer server) {
    admin = Rest.admin(server);
  }

  @Test
  void callWhenThereIsNoKeyThenAWholeProblem(RunningServer server) {
    Rest.Answer refused = Rest.anonymous(server).get("apps");

    assertThat(refused.status()).isEqualTo(401);
    assertThat(refused.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(refused.headers().firstValue("WWW-Authenticate"))
        .hasValue("Bearer realm=\"sallyport\"");
    assertThat(refused.headers().firstValue("X-Request-Id")).hasValue(refused.at("/requestId"));
    assertThat(refused.shape().replace(refused.at("/detail"), "DETAIL"))
        .isEqualToIgnoringWhitespace(
            """
            {
              "type" : "/problems/unauthenticated",
              "title" : "Not signed in",
              "status" : 401,
              "detail" : "DETAIL",
              "code" : "unauthenticated",
              "requestId" : "req_ID",
              "errors" : [ ]
            }
            """);
  }

  @Test
  void callWhenKeyIsUnknownThenSaid() {
    Rest.Answer refused = admin.with(new Secret("sp_" + "x".repeat(43))).get("apps");

    assertThat(refused.status()).isEqualTo(401);
    assertThat(refused.code()).isEqualTo("credential-invalid");
  }

  @Test
  void callWhenPermissionIsMissingThenItIsNamed() {
    Rest.Answer refused = admin.holding("r-viewer").post("apps", "{}");

    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.code()).isEqualTo("forbidden");
    assertThat(refused.at("/detail")).contains("app.edit");
  }

  @Test
  void callWhenPermissionIsMissingThenBodyIsNotEvenRead() {
    assertThat(admin.holding("r-viewer").post("apps", "{broken").status()).isEqualTo(403);
    assertThat(admin.post("apps", "{broken").status()).isEqualTo(400);
  }

  @Test
  void pathWhenUnknownThenAProblem() {
    Rest.Answer refused = admin.get(Unique.name("nothing"));

    assertThat(refused.status()).isEqualTo(404);
    assertThat(refused.code()).isEqualTo("not-found");
  }

  @Test
  void methodWhenNotTakenThenAProblemThatNamesThoseThatAre() {
    Rest.Answer refused = admin.send("PATCH", "apps", BodyPublishers.ofString("{}"));

    assertThat(refused.status()).isEqualTo(405);
    assertThat(refused.code()).isEqualTo("method-not-allowed");
    assertThat(refused.at("/detail")).contains("GET", "POST");
    assertThat(refused.headers().firstValue("Allow").orElseThrow()).contains("GET", "POST");
  }

  @Test
  void mediaTypeWhenNotJsonThenAProblem() {
    Rest.Answer refused =
        admin.send("POST", "apps", BodyPublishers.ofString("{}"), "Content-Type", "text/plain");

    assertThat(refused.status()).isEqualTo(415);
    assertThat(refused.code()).isEqualTo("unsupported-media-type");
  }

  @Test
  void acceptWhenNotJsonThenAProblem() {
    Rest.Answer refused = admin.send("GET", "apps", BodyPublishers.noBody(), "Accept", "text/csv");

    assertThat(refused.status()).isEqualTo(406);
    assertThat(refused.code()).isEqualTo("not-acceptable");
  }

  @Test
  void queryWhenUnknownThenNamedWithWhatThereIs() {
    Rest.Answer refused = admin.get("auth/users?text=x&q=x&page=2");

    assertThat(refused.code()).isEqualTo("invalid");
    assertThat(refused.fields()).containsExactlyInAnyOrder("q", "page");
    assertThat(refused.at("/errors/0/detail"))
        .isEqualTo("is no parameter here; there are after, limit, provider, state, text.");
    assertThat(admin.get("auth/me?a=1").at("/detail"))
        .isEqualTo("a is no parameter here; this takes none.");
  }

  @Test
  void bodyWhenTooLargeThenAProblem() {
    Rest.Answer refused = admin.post("apps", "{\"name\":\"" + "x".repeat(1_100_000) + "\"}");

    assertThat(refused.status()).isEqualTo(413);
    assertThat(refused.code()).isEqualTo("body-too-large");
  }

  @Test
  void bootstrapWhenUsedThenClosedWhateverTheToken(RunningServer server) {
    Rest anonymous = Rest.anonymous(server);

    Rest.Answer refused = anonymous.post("auth/bootstrap", "{\"token\":\"wrong\"}");

    assertThat(refused.status()).isEqualTo(410);
    assertThat(refused.code()).isEqualTo("bootstrap-closed");
    assertThat(anonymous.post("auth/bootstrap", "{}").fields()).containsExactly("token");
  }
}
