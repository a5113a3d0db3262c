package dev.sallyport.testing;

import dev.sallyport.testing.loopback.JsonReply;
import dev.sallyport.testing.loopback.LoopbackServer;
import io.undertow.Handlers;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.BlockingHandler;
import io.undertow.server.handlers.form.EagerFormParsingHandler;
import io.undertow.server.handlers.form.FormData;
import io.undertow.server.handlers.form.FormDataParser;
import io.undertow.util.Headers;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/// An identity provider that does what a test tells it, right or wrong. Whoever asks is signed in
/// at once: there is no page.
public final class FakeIdp implements AutoCloseable {
  public static final String CLIENT = "sallyport";
  public static final String SECRET = "a secret + of % signs";

  /// What the relying party sent the browser here with.
  public record Asked(Map<String, String> parameters) {
    public String state() {
      return parameters.get("state");
    }
  }

  private final LoopbackServer server = LoopbackServer.open(0);
  // Ports come again, and what a server has learnt of an issuer is remembered by its name.
  private final String path = "/" + Unique.name("idp");
  private final Map<String, Object> discovery = new ConcurrentHashMap<>();
  private final Map<String, Asked> codes = new ConcurrentHashMap<>();
  private final Map<String, Object> person = new ConcurrentHashMap<>();
  private final String subject = Unique.name("person");
  private volatile String pair = "P-256/" + Unique.name("key");
  private volatile Function<TestToken, String> idTokens = TestToken::signed;
  private volatile JsonReply userInfo = JsonReply.ok(Map.of("sub", subject));
  private volatile String lastAuthorization = "";

  private FakeIdp() {
    discovery.put("issuer", issuer());
    discovery.put("authorization_endpoint", issuer() + "/authorize");
    discovery.put("token_endpoint", issuer() + "/token");
    discovery.put("userinfo_endpoint", issuer() + "/userinfo");
    discovery.put("end_session_endpoint", issuer() + "/logout");
    discovery.put("jwks_uri", issuer() + "/jwks");
    discovery.put("response_types_supported", List.of("code"));
    discovery.put("subject_types_supported", List.of("public"));
    discovery.put("id_token_signing_alg_values_supported", List.of("ES256"));
    discovery.put("authorization_response_iss_parameter_supported", true);
    person.put("groups", List.of());
    server.serve(
        Handlers.routing()
            .get(path + "/.well-known/openid-configuration", x -> JsonReply.ok(discovery).send(x))
            .get(path + "/jwks", this::keys)
            .get(path + "/userinfo", x -> userInfo.send(x))
            .post(path + "/token", new BlockingHandler(new EagerFormParsingHandler(this::token))));
  }

  public static FakeIdp start() {
    return new FakeIdp();
  }

  public String issuer() {
    return server.baseUrl() + path;
  }

  public String subject() {
    return subject;
  }

  /// Changes a member of the discovery document.
  public FakeIdp says(String member, Object value) {
    discovery.put(member, value);
    return this;
  }

  public FakeIdp saysNothingOf(String member) {
    discovery.remove(member);
    return this;
  }

  /// Changes a claim of the one person who signs in here.
  public FakeIdp claim(String name, Object value) {
    person.put(name, value);
    return this;
  }

  public FakeIdp withoutClaim(String name) {
    person.remove(name);
    return this;
  }

  /// From now on ID tokens come like this; the good one is given.
  public FakeIdp idToken(Function<TestToken, String> token) {
    idTokens = token;
    return this;
  }

  public FakeIdp userInfo(Map<String, Object> claims) {
    return userInfo(200, claims);
  }

  public FakeIdp userInfo(int status, Map<String, Object> body) {
    userInfo = new JsonReply(status, body);
    return this;
  }

  /// A token of the same person for an app, as an agent gets one.
  public TestToken token(String audience) {
    Map<String, Object> header =
        new LinkedHashMap<>(Map.of("alg", "ES256", "kid", "k1", "typ", "JWT"));
    long now = Instant.now().getEpochSecond();
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("iss", issuer());
    claims.put("aud", audience);
    claims.put("sub", subject);
    claims.put("azp", "agent");
    claims.put("sid", Unique.name("sid"));
    claims.put("auth_time", now);
    claims.put("iat", now);
    claims.put("exp", now + 600);
    claims.put("jti", Unique.name("jti"));
    return new TestToken(pair, header, claims);
  }

  /// Signs with a new key from now on; the old one is gone.
  public void rotateKey() {
    pair = "P-256/" + Unique.name("key");
  }

  /// What the last token request said in `Authorization`.
  public String lastAuthorization() {
    return lastAuthorization;
  }

  /// Reads where the browser was sent.
  public Asked asked(String location) {
    Map<String, String> parameters = new HashMap<>();
    for (String pair : URI.create(location).getRawQuery().split("&")) {
      String[] parts = pair.split("=", 2);
      parameters.put(decoded(parts[0]), decoded(parts[1]));
    }
    return new Asked(parameters);
  }

  /// A code for what was asked.
  public String code(Asked asked) {
    String code = Unique.name("code");
    codes.put(code, asked);
    return code;
  }

  /// The query that a good answer brings back.
  public String answer(Asked asked) {
    return "code=%s&state=%s&iss=%s".formatted(code(asked), asked.state(), issuer());
  }

  /// The members of a provider, for REST.
  public Map<String, Object> provider(String name) {
    Map<String, Object> input = new LinkedHashMap<>();
    input.put("name", name);
    input.put("issuer", issuer());
    input.put("clientId", CLIENT);
    input.put("clientSecret", SECRET);
    return input;
  }

  @Override
  public void close() {
    server.close();
  }

  private void keys(HttpServerExchange exchange) {
    exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "application/json");
    exchange.getResponseSender().send(TestIssuer.jwksOf(pair).toString());
  }

  private void token(HttpServerExchange exchange) {
    FormData form = exchange.getAttachment(FormDataParser.FORM_DATA);
    String authorization = exchange.getRequestHeaders().getFirst(Headers.AUTHORIZATION);
    lastAuthorization = authorization == null ? "" : authorization;
    Asked asked = codes.remove(form.getFirst("code").getValue());
    String verifier = form.getFirst("code_verifier").getValue();
    if (asked == null || !challenge(verifier).equals(asked.parameters.get("code_challenge"))) {
      new JsonReply(400, Map.of("error", "invalid_grant")).send(exchange);
      return;
    }
    String accessToken = Unique.name("at");
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("access_token", accessToken);
    answer.put("token_type", "Bearer");
    String idToken = idTokens.apply(good(asked, accessToken));
    if (!idToken.isEmpty()) {
      answer.put("id_token", idToken);
    }
    JsonReply.ok(answer).send(exchange);
  }

  private TestToken good(Asked asked, String accessToken) {
    Map<String, Object> header = new LinkedHashMap<>(Map.of("alg", "ES256", "kid", "k1"));
    Map<String, Object> claims = new LinkedHashMap<>(person);
    long now = Instant.now().getEpochSecond();
    claims.put("iss", issuer());
    claims.put("aud", CLIENT);
    claims.put("sub", subject);
    claims.put("sid", Unique.name("sid"));
    claims.put("nonce", asked.parameters.get("nonce"));
    claims.put("at_hash", base64(Arrays.copyOf(sha256(accessToken), 16)));
    claims.put("iat", now);
    claims.put("exp", now + 300);
    return new TestToken(pair, header, claims);
  }

  private static String challenge(String verifier) {
    return base64(sha256(verifier));
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
