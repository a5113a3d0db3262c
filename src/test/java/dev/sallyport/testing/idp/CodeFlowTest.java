package dev.sallyport.testing.idp;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.oauth2.sdk.token.BearerAccessToken;
import com.nimbusds.openid.connect.sdk.claims.AccessTokenHash;
import com.nimbusds.openid.connect.sdk.validators.AccessTokenValidator;
import dev.sallyport.crypto.Secret;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class CodeFlowTest {
  private static final Map<String, String> GOOD = Map.of("username", "alice", "password", "pw");

  private final DemoUser alice = new DemoUser("alice", "pw", "alice@demo.test", List.of("eng"));
  private final DemoIssuer issuer = DemoIssuer.start(0, List.of(alice));
  private final Caller caller = new Caller(issuer);

  @BeforeEach
  void register() {
    issuer.register(
        IdpClient.site(
            Caller.CLIENT, new Secret(Caller.SECRET), Caller.AFTER_LOGOUT, Caller.CALLBACK));
  }

  @AfterEach
  void stop() {
    caller.close();
    issuer.close();
  }

  @Test
  void authorizeWhenAskedThenShowsAFormThatNoPageMayFrame() {
    HttpResponse<String> page = caller.get(caller.authorize(Map.of()));

    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body()).contains("name=\"username\"", "name=\"password\"");
    assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
        .contains("frame-ancestors 'none'");
  }

  @Test
  void authorizeWhenSignedInThenReturnsCodeStateAndIssuer() {
    HttpResponse<String> answer = caller.post(caller.authorize(Map.of()), GOOD);

    assertThat(answer.statusCode()).isEqualTo(303);
    assertThat(answer.headers().firstValue("Location").orElseThrow())
        .startsWith(Caller.CALLBACK + "?");
    assertThat(Caller.parameters(answer))
        .containsEntry("state", "st&te")
        .containsEntry("iss", issuer.issuer())
        .containsOnlyKeys("code", "state", "iss");
  }

  @Test
  void authorizeWhenPasswordIsWrongThenAsksAgain() {
    HttpResponse<String> answer =
        caller.post(caller.authorize(Map.of()), Map.of("username", "alice", "password", "other"));

    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.body()).contains("User name or password is wrong", "name=\"username\"");
  }

  @Test
  void authorizeWhenCancelledThenTellsTheClient() {
    HttpResponse<String> answer = caller.post(caller.authorize(Map.of()), Map.of("cancel", "true"));

    assertThat(Caller.parameters(answer))
        .containsEntry("error", "access_denied")
        .containsEntry("state", "st&te")
        .containsEntry("iss", issuer.issuer());
  }

  @Test
  void authorizeWhenAnotherSiteSendsTheFormThenRefuses() {
    HttpResponse<String> answer =
        caller.post(caller.authorize(Map.of()), GOOD, "Origin", "http://evil.test");

    assertThat(answer.statusCode()).isEqualTo(403);
  }

  @ParameterizedTest
  @CsvSource({"client_id, other", "redirect_uri, http://site.test/callback/more"})
  void authorizeWhenClientIsUnknownThenNeverRedirects(String name, String value) {
    HttpResponse<String> answer = caller.post(caller.authorize(Map.of(name, value)), GOOD);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.headers().firstValue("Location")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "response_type, token, unsupported_response_type",
    "response_type, '', unsupported_response_type",
    "scope, profile, invalid_scope",
    "response_mode, fragment, invalid_request",
    "code_challenge, '', invalid_request",
    "code_challenge, short, invalid_request",
    "code_challenge_method, plain, invalid_request",
    "request, x, request_not_supported",
    "request_uri, x, request_uri_not_supported",
    "prompt, none, login_required",
  })
  void authorizeWhenRequestIsWrongThenTellsTheClient(String name, String value, String error) {
    HttpResponse<String> answer = caller.get(caller.authorize(Map.of(name, value)));

    assertThat(Caller.parameters(answer)).containsEntry("error", error);
  }

  @Test
  void codeWhenRedeemedThenBothTokensBelongToOneSession() throws Exception {
    JsonNode tokens = Caller.json(caller.redeem(caller.code("alice", "pw"), Map.of()));

    JWTClaimsSet identity = claims(tokens, "id_token");
    JWTClaimsSet access = claims(tokens, "access_token");
    assertThat(identity.getAudience()).containsExactly(Caller.CLIENT);
    assertThat(identity.getStringClaim("nonce")).isEqualTo("once");
    assertThat(identity.getStringClaim("sid")).isNotBlank().isEqualTo(access.getStringClaim("sid"));
    assertThat(identity.getStringClaim("name")).isEqualTo("Alice Demo");
    assertThat(identity.getStringListClaim("groups")).containsExactly("eng");
    assertThat(identity.getClaim("auth_time")).isEqualTo(access.getClaim("auth_time"));
    assertThat(access.getAudience()).containsExactly(DemoIssuer.AUDIENCE);
    assertThat(tokens.get("scope").asString()).isEqualTo("openid profile");
  }

  @Test
  void idTokenThenItsHashIsOfTheAccessToken() throws Exception {
    JsonNode tokens = Caller.json(caller.redeem(caller.code("alice", "pw"), Map.of()));

    SignedJWT identity = SignedJWT.parse(tokens.get("id_token").asString());
    assertThat(identity.getHeader().getType()).hasToString("JWT");
    AccessTokenValidator.validate(
        new BearerAccessToken(tokens.get("access_token").asString()),
        identity.getHeader().getAlgorithm(),
        new AccessTokenHash(identity.getJWTClaimsSet().getStringClaim("at_hash")));
  }

  @Test
  void codeWhenSecretComesByBasicThenWorksToo() {
    String pair = Caller.encoded(Caller.CLIENT) + ":" + Caller.encoded(Caller.SECRET);
    String basic = Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    Map<String, String> form =
        Map.of(
            "grant_type",
            "authorization_code",
            "code",
            caller.code("alice", "pw"),
            "redirect_uri",
            Caller.CALLBACK,
            "code_verifier",
            Caller.VERIFIER);

    HttpResponse<String> answer =
        caller.post(issuer.tokenEndpoint(), form, "Authorization", "Basic " + basic);

    assertThat(answer.statusCode()).isEqualTo(200);
  }

  @Test
  void codeWhenUsedTwiceThenRefusesTheSecond() {
    String code = caller.code("alice", "pw");
    caller.redeem(code, Map.of());

    assertThat(caller.redeem(code, Map.of()).body()).isEqualTo("{\"error\":\"invalid_grant\"}");
  }

  @ParameterizedTest
  @CsvSource({
    "code_verifier, another-verifier-that-is-long-enough-for-this, invalid_grant",
    "code_verifier, '', invalid_grant",
    "redirect_uri, http://site.test/other, invalid_grant",
    "code, unknown, invalid_grant",
    "client_secret, wrong, invalid_client",
    "client_secret, '', invalid_client",
    "client_id, sallyport-cli, invalid_client",
    "grant_type, password, unauthorized_client",
  })
  void codeWhenRedeemedWronglyThenRefuses(String name, String value, String error) {
    HttpResponse<String> answer = caller.redeem(caller.code("alice", "pw"), Map.of(name, value));

    assertThat(answer.body()).isEqualTo("{\"error\":\"" + error + "\"}");
  }

  @Test
  void userInfoWhenSessionLivesThenTellsThePersonsGroupsOfNow() {
    JsonNode tokens = Caller.json(caller.redeem(caller.code("alice", "pw"), Map.of()));
    String bearer = "Bearer " + tokens.get("access_token").asString();
    issuer.putUser(new DemoUser("alice", "pw", "alice@demo.test", List.of("sales")));

    JsonNode info = Caller.json(caller.get(issuer.issuer() + "/userinfo", "Authorization", bearer));

    assertThat(info.get("sub").asString()).isEqualTo(alice.subject());
    assertThat(info.get("groups").get(0).asString()).isEqualTo("sales");
  }

  @Test
  void userInfoWhenTokenIsNoneOfOursThenRefuses() {
    String bearer = "Bearer " + issuer.tokenFor(alice).unsigned();

    HttpResponse<String> answer =
        caller.get(issuer.issuer() + "/userinfo", "Authorization", bearer);

    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.headers().firstValue("WWW-Authenticate")).isPresent();
  }

  private static JWTClaimsSet claims(JsonNode tokens, String name) throws Exception {
    return SignedJWT.parse(tokens.get(name).asString()).getJWTClaimsSet();
  }
}
