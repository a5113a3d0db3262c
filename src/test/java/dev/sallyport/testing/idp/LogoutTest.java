package dev.sallyport.testing.idp;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.sallyport.crypto.Secret;
import dev.sallyport.testing.loopback.LoopbackServer;
import io.undertow.server.HttpServerExchange;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class LogoutTest {
  private static final String EVENT = "http://schemas.openid.net/event/backchannel-logout";

  private final DemoUser alice = new DemoUser("alice", "pw", "alice@demo.test", List.of("eng"));
  private final DemoIssuer issuer = DemoIssuer.start(0, List.of(alice));
  private final Caller caller = new Caller(issuer);
  private final LoopbackServer site = LoopbackServer.open(0);
  private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

  @BeforeEach
  void register() {
    site.serve(this::hear);
    String uri = site.baseUrl() + "/back-channel";
    issuer.register(
        IdpClient.site(
                Caller.CLIENT, new Secret(Caller.SECRET), Caller.AFTER_LOGOUT, Caller.CALLBACK)
            .withBackChannel(uri));
    issuer.register(IdpClient.agent("demo-agent").withBackChannel(uri));
  }

  @AfterEach
  void stop() {
    caller.close();
    issuer.close();
    site.close();
  }

  private void hear(HttpServerExchange exchange) {
    exchange
        .getRequestReceiver()
        .receiveFullString(
            (whole, body) -> {
              heard.add(body.substring("logout_token=".length()));
              whole.endExchange();
            },
            StandardCharsets.UTF_8);
  }

  @Test
  void endWhenAskedThenEachClientHearsOfThePerson() throws Exception {
    assertThat(issuer.endSessions(alice, Optional.empty()))
        .isEqualTo(Map.of(Caller.CLIENT, 200, "demo-agent", 200));

    Map<String, JWTClaimsSet> told = new HashMap<>();
    for (int i = 0; i < 2; i++) {
      JWTClaimsSet claims = next();
      told.put(claims.getAudience().getFirst(), claims);
    }
    assertThat(told).containsOnlyKeys(Caller.CLIENT, "demo-agent");
    assertThat(told.values())
        .allSatisfy(claims -> assertThat(claims.getSubject()).isEqualTo(alice.subject()))
        .allSatisfy(claims -> assertThat(claims.getClaims()).doesNotContainKeys("sid", "nonce"))
        .allSatisfy(claims -> assertThat(claims.getJSONObjectClaim("events")).containsKey(EVENT));
    assertThat(told.get(Caller.CLIENT).getJWTID()).isNotEqualTo(told.get("demo-agent").getJWTID());
  }

  @Test
  void endWhenAClientIsAwayThenTheOthersStillHear() {
    issuer.register(IdpClient.agent("away").withBackChannel("http://127.0.0.1:1/"));

    assertThat(issuer.endSessions(alice, Optional.empty()))
        .containsEntry("away", 0)
        .containsEntry(Caller.CLIENT, 200);
  }

  @Test
  void endWhenOneSessionIsNamedThenTheOthersLive() throws Exception {
    String first = issuer.token(alice);
    String second = issuer.token(alice);

    issuer.endSessions(alice, Optional.of(sid(first)));

    assertThat(next().getStringClaim("sid")).isEqualTo(sid(first));
    assertThat(userInfo(first)).isEqualTo(401);
    assertThat(userInfo(second)).isEqualTo(200);
  }

  @Test
  void endOverHttpWhenNotTheOperatorThenRefuses() {
    String url = issuer.issuer() + "/sessions/end";

    assertThat(caller.post(url, Map.of("user", "alice")).statusCode()).isEqualTo(403);
    assertThat(
            caller.post(url, Map.of("user", "alice"), "Authorization", "Bearer wrong").statusCode())
        .isEqualTo(403);
    assertThat(heard).isEmpty();
  }

  @Test
  void endOverHttpWhenOperatorThenTellsWhoHeard() {
    HttpResponse<String> answer = operator("/sessions/end", Map.of("user", "alice"));

    assertThat(Caller.json(answer).at("/notified/demo-agent").intValue()).isEqualTo(200);
    assertThat(operator("/sessions/end", Map.of("user", "nobody")).statusCode()).isEqualTo(404);
  }

  @Test
  void usersOverHttpWhenNewThenSignIn() {
    operator("/users", Map.of("user", "dora", "password", "dora-pw", "group", "ops"));
    operator("/users", Map.of("user", "alice", "group", "ops"));

    assertThat(caller.code("dora", "dora-pw")).isNotBlank();
    assertThat(caller.code("alice", "pw")).isNotBlank();
    assertThat(issuer.user("alice").groups()).containsExactly("ops");
    assertThat(operator("/users", Map.of("user", "eve")).statusCode()).isEqualTo(400);
  }

  @Test
  void logoutWhenHintIsGivenThenEndsThatSessionAndReturns() throws Exception {
    JsonNode tokens = Caller.json(caller.redeem(caller.code("alice", "pw"), Map.of()));

    HttpResponse<String> answer = logout(tokens.get("id_token").asString(), Caller.AFTER_LOGOUT);

    assertThat(answer.statusCode()).isEqualTo(303);
    assertThat(answer.headers().firstValue("Location")).hasValue(Caller.AFTER_LOGOUT + "?state=s1");
    assertThat(next().getStringClaim("sid")).isEqualTo(sid(tokens.get("access_token").asString()));
    assertThat(userInfo(tokens.get("access_token").asString())).isEqualTo(401);
  }

  @Test
  void logoutWhenReturnIsNotTheClientsThenStays() {
    JsonNode tokens = Caller.json(caller.redeem(caller.code("alice", "pw"), Map.of()));

    HttpResponse<String> answer =
        logout(tokens.get("id_token").asString(), Caller.AFTER_LOGOUT + "/more");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains("Signed out");
  }

  @Test
  void logoutWhenHintIsNotOursThenRefuses() {
    assertThat(logout("garbage", Caller.AFTER_LOGOUT).statusCode()).isEqualTo(400);
    assertThat(heard).isEmpty();
  }

  private HttpResponse<String> logout(String hint, String back) {
    String query =
        "?id_token_hint=%s&post_logout_redirect_uri=%s&state=s1"
            .formatted(Caller.encoded(hint), Caller.encoded(back));
    return caller.get(issuer.issuer() + "/logout" + query);
  }

  private HttpResponse<String> operator(String path, Map<String, String> form) {
    String bearer = "Bearer " + issuer.operatorToken().reveal();
    return caller.post(issuer.issuer() + path, form, "Authorization", bearer);
  }

  private int userInfo(String token) {
    return caller
        .get(issuer.issuer() + "/userinfo", "Authorization", "Bearer " + token)
        .statusCode();
  }

  /// The next logout token, whose form must be right.
  private JWTClaimsSet next() throws Exception {
    String token = heard.poll(30, TimeUnit.SECONDS);
    SignedJWT jwt = SignedJWT.parse(token);
    assertThat(jwt.getHeader().getType()).hasToString("logout+jwt");
    assertThat(issuer.tokens().verified(token)).isPresent();
    return jwt.getJWTClaimsSet();
  }

  private static String sid(String token) throws Exception {
    return SignedJWT.parse(token).getJWTClaimsSet().getStringClaim("sid");
  }
}
