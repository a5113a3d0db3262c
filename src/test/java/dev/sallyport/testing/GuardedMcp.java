package dev.sallyport.testing;

import dev.sallyport.testing.loopback.JsonReply;
import dev.sallyport.testing.loopback.LoopbackServer;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A remote MCP server that wants its own authorization server's tokens. `tools/call` answers with
/// the tool's name and the token's person; the tool `write` wants the scope `write`.
public final class GuardedMcp implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String MOVED = "/moved";
  private static final HttpString SESSION = new HttpString("Mcp-Session-Id");

  /// One request that came with a good token.
  public record Seen(String method, String token, String session) {}

  private final LoopbackServer server;
  private final FakeAuthServer issuer;
  private volatile @Nullable FakeAuthServer next;
  private final List<Seen> seen = new CopyOnWriteArrayList<>();
  private final AtomicInteger refused = new AtomicInteger();
  private volatile String challengeScope = "tools";
  private volatile CountDownLatch gate = new CountDownLatch(0);
  private final AtomicInteger held = new AtomicInteger();

  private GuardedMcp(LoopbackServer server, FakeAuthServer issuer) {
    this.server = server;
    this.issuer = issuer;
    server.serve(this::handle);
  }

  public static GuardedMcp start(FakeAuthServer issuer) {
    return new GuardedMcp(LoopbackServer.open(0), issuer);
  }

  /// The same over TLS.
  public static GuardedMcp startTls(FakeAuthServer issuer, SSLContext tls) {
    return new GuardedMcp(LoopbackServer.openTls(tls), issuer);
  }

  public String url() {
    return server.baseUrl() + "/mcp";
  }

  /// What came with a good token so far.
  public List<Seen> seen() {
    return List.copyOf(seen);
  }

  /// How many calls it answered with 401 so far.
  public int refused() {
    return refused.get();
  }

  /// Asks for this scope from now on when a call brings no good token.
  public void asksFor(String scope) {
    challengeScope = scope;
  }

  /// Takes another authorization server's tokens from now on. Who brings a token that is none of
  /// those is told so; nobody else.
  public void moves(FakeAuthServer other) {
    next = other;
  }

  /// Thinks about every call until this is over.
  public void hangsUntil(CountDownLatch end) {
    gate = end;
  }

  /// How many calls it has thought about so far.
  public int held() {
    return held.get();
  }

  @Override
  public void close() {
    server.close();
  }

  private void handle(HttpServerExchange exchange) {
    FakeAuthServer other = next;
    if (exchange.getRequestPath().startsWith("/.well-known/oauth-protected-resource")) {
      JsonReply.ok(metadata(issuer)).send(exchange);
      return;
    }
    if (exchange.getRequestPath().equals(MOVED) && other != null) {
      JsonReply.ok(metadata(other)).send(exchange);
      return;
    }
    exchange
        .getRequestReceiver()
        .receiveFullString((x, body) -> think(x, body.isEmpty() ? "{}" : body));
  }

  private void think(HttpServerExchange exchange, String body) {
    CountDownLatch end = gate;
    if (end.getCount() == 0) {
      mcp(exchange, body);
      return;
    }
    held.incrementAndGet();
    exchange.dispatch(
        Thread::startVirtualThread,
        () -> {
          try {
            end.await();
            mcp(exchange, body);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
  }

  private Map<String, Object> metadata(FakeAuthServer server) {
    return Map.of(
        "resource",
        url(),
        "authorization_servers",
        List.of(server.issuer()),
        "scopes_supported",
        List.of("tools"));
  }

  private void mcp(HttpServerExchange exchange, String body) {
    HeaderValues authorization = exchange.getRequestHeaders().get(Headers.AUTHORIZATION);
    String token =
        authorization == null ? "" : authorization.getFirst().replaceFirst("^Bearer ", "");
    FakeAuthServer other = next;
    FakeAuthServer.Issued issued = (other == null ? issuer : other).find(token);
    if (issued == null) {
      refused.incrementAndGet();
      refuse(exchange, 401, "error=\"invalid_token\", scope=\"" + challengeScope + "\"");
      return;
    }
    JsonNode message = JSON.readTree(body);
    String method = message.path("method").asString("");
    String tool = message.path("params").path("name").asString("");
    if (tool.equals("write") && !issued.scopes().contains("write")) {
      refuse(exchange, 403, "error=\"insufficient_scope\", scope=\"write\"");
      return;
    }
    String session = exchange.getRequestHeaders().getFirst(SESSION);
    seen.add(new Seen(method, token, session == null ? "" : session));
    if (message.get("id") == null) {
      exchange.setStatusCode(202);
      exchange.endExchange();
      return;
    }
    if (method.equals("initialize")) {
      exchange.getResponseHeaders().put(SESSION, Unique.name("upstream"));
    }
    JsonReply.ok(Map.of("jsonrpc", "2.0", "id", message.get("id"), "result", result(method, tool)))
        .send(exchange);
  }

  private static Map<String, Object> result(String method, String tool) {
    return switch (method) {
      case "initialize" ->
          Map.of(
              "protocolVersion",
              "2025-11-25",
              "capabilities",
              Map.of("tools", Map.of()),
              "serverInfo",
              Map.of("name", "remote", "version", "1"));
      case "tools/call" ->
          Map.of("content", List.of(Map.of("type", "text", "text", "did " + tool)));
      default -> Map.of("tools", List.of(Map.of("name", "read"), Map.of("name", "write")));
    };
  }

  private void refuse(HttpServerExchange exchange, int status, String what) {
    boolean tells = next != null && exchange.getRequestHeaders().contains(Headers.AUTHORIZATION);
    String metadata =
        server.baseUrl() + (tells ? MOVED : "/.well-known/oauth-protected-resource/mcp");
    exchange.setStatusCode(status);
    exchange
        .getResponseHeaders()
        .put(Headers.WWW_AUTHENTICATE, "Bearer resource_metadata=\"" + metadata + "\", " + what);
    exchange.getResponseSender().send("{}");
  }
}
