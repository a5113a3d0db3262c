package dev.sallyport.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import tools.jackson.databind.json.JsonMapper;

/// A remote MCP server that wants a sign-in, and its authorization server, both on one port. They
/// do what is right until a test says otherwise.
public final class RemoteMcp implements AutoCloseable {
  /// Where the MCP server is.
  public static final String PATH = "/v1/mcp";

  private static final String RESOURCE = "/.well-known/oauth-protected-resource";
  private static final String SERVER = "/.well-known/oauth-authorization-server";

  /// One request.
  public record Asked(String method, String path, String query, String body) {}

  /// One answer.
  public record Reply(int status, String body, Map<String, String> headers) {
    public static Reply json(Object body) {
      return new Reply(200, JsonMapper.shared().writeValueAsString(body), Map.of());
    }

    public static Reply status(int status) {
      return new Reply(status, "", Map.of());
    }

    public static Reply redirect(String location) {
      return new Reply(302, "", Map.of("Location", location));
    }
  }

  private final HttpServer server;
  private final Map<String, Function<Asked, Reply>> replies = new ConcurrentHashMap<>();
  private final List<Asked> asked = new CopyOnWriteArrayList<>();
  private final Map<String, Object> resource = new ConcurrentHashMap<>();
  private final Map<String, Object> metadata = new ConcurrentHashMap<>();
  private final List<String> clients = new CopyOnWriteArrayList<>();
  private final AtomicInteger registered = new AtomicInteger();

  private RemoteMcp() throws IOException {
    server = FreshPort.bind(address -> HttpServer.create(address, 50));
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::answer);
    server.start();
    resource.put("resource", url());
    resource.put("authorization_servers", List.of(issuer()));
    resource.put("scopes_supported", List.of("read", "write"));
    metadata.put("issuer", issuer());
    metadata.put("authorization_endpoint", issuer() + "/authorize");
    metadata.put("token_endpoint", issuer() + "/token");
    metadata.put("registration_endpoint", issuer() + "/register");
    metadata.put("response_types_supported", List.of("code"));
    metadata.put("code_challenge_methods_supported", List.of("S256"));
    metadata.put("token_endpoint_auth_methods_supported", List.of("none"));
    challenge("Bearer resource_metadata=\"" + issuer() + RESOURCE + PATH + "\"");
    on(RESOURCE + PATH, _ -> Reply.json(resource));
    on(SERVER, _ -> Reply.json(metadata));
    on("/register", this::register);
    on("/authorize", this::authorize);
  }

  public static RemoteMcp start() {
    try {
      return new RemoteMcp();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The MCP server's URL.
  public String url() {
    return issuer() + PATH;
  }

  /// The authorization server's issuer.
  public String issuer() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /// Answers this path so from now on.
  public RemoteMcp on(String path, Function<Asked, Reply> reply) {
    replies.put(path, reply);
    return this;
  }

  /// Answers this path with 404 from now on.
  public RemoteMcp without(String path) {
    replies.remove(path);
    return this;
  }

  /// Refuses calls without a token with this challenge.
  public RemoteMcp challenge(String value) {
    return on(PATH, _ -> new Reply(401, "", Map.of("WWW-Authenticate", value)));
  }

  /// Changes a member of the resource's metadata.
  public RemoteMcp resource(String member, Object value) {
    resource.put(member, value);
    return this;
  }

  /// Changes a member of the authorization server's metadata; an empty text takes it away.
  public RemoteMcp metadata(String member, Object value) {
    if (value.equals("")) {
      metadata.remove(member);
    } else {
      metadata.put(member, value);
    }
    return this;
  }

  /// What the authorization server says of itself.
  public Map<String, Object> metadata() {
    return Map.copyOf(metadata);
  }

  /// Forgets every client.
  public void forgetClients() {
    clients.clear();
  }

  public int registrations() {
    return registered.get();
  }

  /// Every request so far.
  public List<Asked> asked() {
    return List.copyOf(asked);
  }

  /// The paths of every request so far.
  public List<String> paths() {
    return asked.stream().map(Asked::path).toList();
  }

  private Reply register(Asked request) {
    Map<String, Object> client = new LinkedHashMap<>();
    client.putAll(JsonMapper.shared().readValue(request.body(), Map.class));
    String id = "c-" + registered.incrementAndGet();
    clients.add(id);
    client.put("client_id", id);
    Reply reply = Reply.json(client);
    return new Reply(201, reply.body(), Map.of());
  }

  private Reply authorize(Asked request) {
    boolean isKnown = clients.stream().anyMatch(id -> request.query().contains("client_id=" + id));
    return isKnown ? Reply.redirect(issuer() + "/login") : Reply.status(400);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      Asked request =
          new Asked(
              exchange.getRequestMethod(),
              exchange.getRequestURI().getRawPath(),
              String.valueOf(exchange.getRequestURI().getRawQuery()),
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
      asked.add(request);
      Reply reply = replies.getOrDefault(request.path(), _ -> Reply.status(404)).apply(request);
      byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
      reply.headers().forEach(exchange.getResponseHeaders()::add);
      exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
      if (body.length > 0) {
        exchange.getResponseBody().write(body);
      }
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
