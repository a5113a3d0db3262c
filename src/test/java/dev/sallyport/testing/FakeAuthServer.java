package dev.sallyport.testing;

import dev.sallyport.testing.loopback.JsonReply;
import dev.sallyport.testing.loopback.LoopbackServer;
import io.undertow.Handlers;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.form.EagerFormParsingHandler;
import io.undertow.server.handlers.form.FormData;
import io.undertow.server.handlers.form.FormDataParser;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// An authorization server that registers every client and grants what is asked. It has no pages:
/// a test reads where a browser was sent, and makes up the answer.
public final class FakeAuthServer implements AutoCloseable {
  /// An access token that was given out.
  public record Issued(Set<String> scopes, String resource) {}

  private final LoopbackServer server;
  // Ports come again, and what a server has learnt of an issuer is remembered by its name.
  private final String path = "/" + Unique.name("auth");
  private final Map<String, Object> metadata = new ConcurrentHashMap<>();
  private final Map<String, Map<String, String>> codes = new ConcurrentHashMap<>();
  private final Map<String, Issued> tokens = new ConcurrentHashMap<>();
  private final Map<String, Issued> refreshTokens = new ConcurrentHashMap<>();
  private final List<Map<String, String>> tokenRequests = new CopyOnWriteArrayList<>();
  private final List<String> clients = new CopyOnWriteArrayList<>();
  private final List<String> forgotten = new CopyOnWriteArrayList<>();
  private final Map<String, List<String>> redirectUris = new ConcurrentHashMap<>();
  private volatile @Nullable JsonReply nextTokenAnswer;
  private volatile Set<String> withheld = Set.of();
  private volatile Set<String> added = Set.of();
  private volatile Runnable meanwhile = () -> {};

  private FakeAuthServer(LoopbackServer server) {
    this.server = server;
    metadata.put("issuer", issuer());
    metadata.put("authorization_endpoint", issuer() + "/authorize");
    metadata.put("token_endpoint", issuer() + "/token");
    metadata.put("registration_endpoint", issuer() + "/register");
    metadata.put("revocation_endpoint", issuer() + "/revoke");
    metadata.put("response_types_supported", List.of("code"));
    metadata.put("code_challenge_methods_supported", List.of("S256"));
    metadata.put("token_endpoint_auth_methods_supported", List.of("none"));
    metadata.put("authorization_response_iss_parameter_supported", true);
    server.serve(
        Handlers.routing()
            .get(
                "/.well-known/oauth-authorization-server" + path,
                x -> JsonReply.ok(metadata).send(x))
            .get(path + "/authorize", this::page)
            .post(path + "/register", this::registered)
            .post(path + "/revoke", new EagerFormParsingHandler(this::revoked))
            .post(path + "/token", new EagerFormParsingHandler(this::token)));
  }

  public static FakeAuthServer start() {
    return new FakeAuthServer(LoopbackServer.open(0));
  }

  /// The same over TLS.
  public static FakeAuthServer startTls(SSLContext tls) {
    return new FakeAuthServer(LoopbackServer.openTls(tls));
  }

  public String issuer() {
    return server.baseUrl() + path;
  }

  /// Changes a member of the metadata.
  public void says(String member, Object value) {
    metadata.put(member, value);
  }

  /// Answers the next token request like this.
  public void nextTokenAnswer(int status, Map<String, Object> body) {
    nextTokenAnswer = new JsonReply(status, body);
  }

  /// Never gives these scopes, whatever is asked.
  public void withholds(String... scopes) {
    withheld = Set.of(scopes);
  }

  /// Gives these scopes, too, whatever is asked.
  public void adds(String... scopes) {
    added = Set.of(scopes);
  }

  /// Runs this before the next answer to a token request.
  public void meanwhile(Runnable work) {
    meanwhile = work;
  }

  /// The ids of all clients that it knows.
  public List<String> clients() {
    return List.copyOf(clients);
  }

  /// What the client registered itself with.
  public List<String> redirectUris(String client) {
    return redirectUris.getOrDefault(client, List.of());
  }

  public void forgetClients() {
    forgotten.addAll(clients);
    clients.clear();
  }

  /// The forms of all token requests so far.
  public List<Map<String, String>> tokenRequests() {
    return List.copyOf(tokenRequests);
  }

  public @Nullable Issued find(String token) {
    return tokens.get(token);
  }

  /// No access token that was given out is good any more.
  public void expireAll() {
    tokens.clear();
  }

  /// No refresh token either.
  public void forgetAll() {
    tokens.clear();
    refreshTokens.clear();
  }

  /// Reads where a browser was sent.
  public Map<String, String> asked(String location) {
    return Arrays.stream(URI.create(location).getRawQuery().split("&"))
        .map(pair -> pair.split("=", 2))
        .collect(Collectors.toMap(p -> decoded(p[0]), p -> decoded(p[1])));
  }

  /// A code for what was asked.
  public String code(Map<String, String> asked) {
    String code = Unique.name("code");
    codes.put(code, asked);
    return code;
  }

  /// The query that a good answer brings back.
  public String answer(Map<String, String> asked) {
    return "code=%s&state=%s&iss=%s".formatted(code(asked), asked.get("state"), issuer());
  }

  @Override
  public void close() {
    server.close();
  }

  private void page(HttpServerExchange exchange) {
    boolean isKnown = clients.contains(exchange.getQueryParameters().get("client_id").getFirst());
    exchange.setStatusCode(isKnown ? 200 : 400);
    exchange.getResponseSender().send(isKnown ? "sign in" : "unknown client");
  }

  private void registered(HttpServerExchange exchange) {
    exchange.getRequestReceiver().receiveFullString(this::registered);
  }

  private void registered(HttpServerExchange exchange, String body) {
    Map<String, Object> client = new LinkedHashMap<>();
    String id = Unique.name("client");
    clients.add(id);
    redirectUris.put(
        id,
        JsonMapper.shared()
            .readTree(body)
            .at("/redirect_uris")
            .valueStream()
            .map(JsonNode::asString)
            .toList());
    client.put("client_id", id);
    client.put("token_endpoint_auth_method", "none");
    new JsonReply(201, client).send(exchange);
  }

  private void revoked(HttpServerExchange exchange) {
    FormData form = exchange.getAttachment(FormDataParser.FORM_DATA);
    String token = form.getFirst("token").getValue();
    tokens.remove(token);
    refreshTokens.remove(token);
    exchange.endExchange();
  }

  private void token(HttpServerExchange exchange) {
    FormData form = exchange.getAttachment(FormDataParser.FORM_DATA);
    Map<String, String> fields = new LinkedHashMap<>();
    form.forEach(name -> fields.put(name, form.getFirst(name).getValue()));
    tokenRequests.add(fields);
    Runnable work = meanwhile;
    meanwhile = () -> {};
    work.run();
    JsonReply planned = nextTokenAnswer;
    if (planned != null) {
      nextTokenAnswer = null;
      planned.send(exchange);
      return;
    }
    if (forgotten.contains(fields.get("client_id"))) {
      new JsonReply(401, Map.of("error", "invalid_client")).send(exchange);
      return;
    }
    Issued issued =
        fields.get("grant_type").equals("refresh_token")
            ? refreshTokens.remove(fields.get("refresh_token"))
            : redeemed(fields);
    if (issued == null) {
      new JsonReply(400, Map.of("error", "invalid_grant")).send(exchange);
      return;
    }
    JsonReply.ok(fresh(issued)).send(exchange);
  }

  private @Nullable Issued redeemed(Map<String, String> fields) {
    Map<String, String> asked = codes.remove(fields.get("code"));
    if (asked == null
        || !challenge(fields.get("code_verifier")).equals(asked.get("code_challenge"))
        || !asked.get("client_id").equals(fields.get("client_id"))
        || !asked.get("redirect_uri").equals(fields.get("redirect_uri"))) {
      return null;
    }
    Set<String> scopes =
        Arrays.stream(asked.getOrDefault("scope", "").split(" "))
            .filter(scope -> !scope.isEmpty() && !withheld.contains(scope))
            .collect(Collectors.toSet());
    scopes.addAll(added);
    return new Issued(scopes, asked.getOrDefault("resource", ""));
  }

  private Map<String, Object> fresh(Issued issued) {
    String token = Unique.name("at");
    String refresh = Unique.name("rt");
    tokens.put(token, issued);
    refreshTokens.put(refresh, issued);
    return Map.of(
        "access_token",
        token,
        "token_type",
        "Bearer",
        "expires_in",
        3600,
        "refresh_token",
        refresh,
        "scope",
        String.join(" ", issued.scopes()));
  }

  private static String challenge(String verifier) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
