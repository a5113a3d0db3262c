package dev.sallyport.connections.flow;

import static dev.sallyport.testing.HttpBrowser.location;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.testing.FakeAuthServer;
import dev.sallyport.testing.FakeIdp;
import dev.sallyport.testing.GatewayClient;
import dev.sallyport.testing.GuardedMcp;
import dev.sallyport.testing.HttpBrowser;
import dev.sallyport.testing.Rest;
import dev.sallyport.testing.RunningServer;
import dev.sallyport.testing.TestDatabase;
import dev.sallyport.testing.TestToken;
import dev.sallyport.testing.Unique;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A person with an agent and a browser, an app whose server wants sign-ins of its own, and the
/// authorization server behind it.
public final class ConnectionWorld implements AutoCloseable {
  static final String AUDIENCE = "connect-test";
  private static final JsonMapper JSON = new JsonMapper();

  final RunningServer server;
  final Rest rest;
  final FakeIdp idp = FakeIdp.start();
  final FakeAuthServer auth;
  final GuardedMcp remote;
  final GatewayClient agent = new GatewayClient();
  final HttpBrowser browser;
  final String name = Unique.name("remote");
  final String appId;
  final String url;
  final String provider;
  TestToken token = idp.token(AUDIENCE);

  public ConnectionWorld(RunningServer server) {
    this(server, GuardedMcp::start);
  }

  ConnectionWorld(RunningServer server, Function<FakeAuthServer, GuardedMcp> guarded) {
    this(server, FakeAuthServer.start(), guarded);
  }

  ConnectionWorld(
      RunningServer server, FakeAuthServer auth, Function<FakeAuthServer, GuardedMcp> guarded) {
    this.server = server;
    this.auth = auth;
    remote = guarded.apply(auth);
    rest = Rest.admin(server);
    browser = new HttpBrowser(server);
    provider = created("auth/oidc/providers", idp.provider(Unique.name("Corp")));
    Rest.Answer app =
        rest.post(
            "apps",
            Map.of("name", name, "labels", Map.of("test", name), "uri", "mcp+" + remote.url()));
    assertThat(app.status()).as(app.text()).isEqualTo(201);
    appId = app.at("/id");
    url = app.at("/url");
    enter(name);
    connects(appId, Map.of());
  }

  /// Another app that the same agents may enter; answers its id.
  String anotherApp(String uri) {
    Map<String, Object> input =
        Map.of("name", Unique.name("other"), "labels", Map.of("test", name), "uri", uri);
    return created("apps", input);
  }

  /// Makes the person's tokens look older than those that a server refuses for good.
  void ageTokens() {
    ofGrant("refreshed_at = refreshed_at - interval '5 minutes'");
  }

  /// Makes the person's tokens look as if they were over.
  public void expireTokens() {
    ofGrant("refreshed_at = now() - interval '1 hour', expires_at = now() - interval '1 minute'");
  }

  private void ofGrant(String change) {
    try (Connection database = TestDatabase.connect(server);
        PreparedStatement statement =
            database.prepareStatement(
                "update connection_grant set " + change + " where issuer = ?")) {
      statement.setString(1, idp.issuer());
      assertThat(statement.executeUpdate()).isPositive();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Where agents call the app.
  public String url() {
    return url;
  }

  /// Another token of the same person and session.
  public String freshToken() {
    return token.with("jti", Unique.name("jti")).signed();
  }

  /// How often the authorization server was asked for new tokens in place of old ones.
  public long refreshes() {
    return auth.tokenRequests().stream()
        .filter(form -> "refresh_token".equals(form.get("grant_type")))
        .count();
  }

  /// Lets the person's agents into apps with this label.
  void enter(String label) {
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("name", label);
    config.put("appLabels", Map.of("test", List.of(label)));
    config.put(
        "jwt",
        Map.of("issuer", idp.issuer(), "audience", AUDIENCE, "jwksUrl", idp.issuer() + "/jwks"));
    created("app-auth-configs", config);
  }

  String created(String path, Map<String, Object> input) {
    Rest.Answer made = rest.post(path, input);
    assertThat(made.status()).as(made.text()).isEqualTo(201);
    return made.at("/id");
  }

  /// Sets the app to connected accounts.
  void connects(String app, Map<String, Object> settings) {
    Map<String, Object> credential = new LinkedHashMap<>(settings);
    credential.put("kind", "connection");
    String path = "apps/" + app + "/upstream-credential";
    Rest.Answer put = rest.put(path, rest.get(path).etag(), credential);
    assertThat(put.status()).as(put.text()).isEqualTo(200);
  }

  /// The person signs in at the console.
  void signIn() {
    signIn(browser, idp, provider);
  }

  static void signIn(HttpBrowser who, FakeIdp idp, String provider) {
    HttpResponse<String> begun = who.get("/auth/oidc/login?provider=" + provider);
    String query = idp.answer(idp.asked(location(begun)));
    HttpResponse<String> done = who.get("/auth/oidc/callback?" + query);
    assertThat(location(done)).as(done.body()).isEqualTo("/");
  }

  /// A message of the agent.
  HttpResponse<String> send(String json, String... headers) {
    return agent.post(url, token.signed(), json, headers);
  }

  static JsonNode json(HttpResponse<String> answer) {
    return JSON.readTree(answer.body());
  }

  /// A tool call of a client that understands nothing but text.
  JsonNode callTool(String tool) {
    HttpResponse<String> answer = send(toolCall(tool));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return json(answer);
  }

  static String toolCall(String tool) {
    return """
        {"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"%s","arguments":{}}}"""
        .formatted(tool);
  }

  /// The link that the agent gets now.
  String link() {
    String link = callTool("read").at("/result/structuredContent/auth_url").asString("");
    assertThat(link).startsWith(server.base() + "/oauth/connect/start?link=");
    return link;
  }

  /// Agrees on the page behind the link; answers where the authorization server is.
  Map<String, String> agree(HttpBrowser who, String link) {
    return auth.asked(where(allow(who, link)));
  }

  HttpResponse<String> allow(HttpBrowser who, String link) {
    String form = "decision=yes&" + link.substring(link.indexOf('?') + 1);
    return who.post("/oauth/connect/start", form);
  }

  /// Where a page leads by itself.
  static String where(HttpResponse<String> page) {
    assertThat(page.statusCode()).as(page.body()).isEqualTo(200);
    assertThat(page.body()).contains("http-equiv=\"refresh\" content=\"0; url=");
    String from = page.body().split("content=\"0; url=")[1];
    return from.substring(0, from.indexOf('"')).replace("&amp;", "&").replace("&#39;", "'");
  }

  /// Back to where the authorization server was told to send the browser.
  HttpResponse<String> back(Map<String, String> asked, String query) {
    String path = URI.create(String.valueOf(asked.get("redirect_uri"))).getRawPath();
    return browser.get(path + "?" + query, "Accept", "application/json");
  }

  HttpResponse<String> callback(HttpBrowser who, String query) {
    return who.get("/oauth/connect/callback?" + query);
  }

  /// The whole way, from the agent's first call.
  public HttpResponse<String> connect() {
    signIn();
    HttpResponse<String> done = callback(browser, auth.answer(agree(browser, link())));
    assertThat(done.statusCode()).as(done.body()).isEqualTo(200);
    return done;
  }

  /// The person signs in and follows the link to its end.
  void finish(String link) {
    signIn();
    String query = auth.answer(agree(browser, link));
    assertThat(callback(browser, query).statusCode()).isEqualTo(200);
  }

  /// What the tool answered.
  static String text(JsonNode answer) {
    return answer.at("/result/content/0/text").asString("");
  }

  static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    browser.close();
    agent.close();
    remote.close();
    auth.close();
    idp.close();
  }
}
