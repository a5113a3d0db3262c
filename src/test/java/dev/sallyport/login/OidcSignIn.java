package dev.sallyport.login;

import static dev.sallyport.testing.HttpBrowser.location;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.testing.FakeIdp;
import dev.sallyport.testing.HttpBrowser;
import dev.sallyport.testing.Rest;
import dev.sallyport.testing.RunningServer;
import dev.sallyport.testing.TestToken;
import dev.sallyport.testing.Unique;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A provider of its own with an identity provider that does right and wrong, and a browser.
@ExtendWith(RunningServer.Extension.class)
class OidcSignIn {
  static final String ME = "/api/v1/auth/me";

  final FakeIdp idp = FakeIdp.start();
  RunningServer server;
  HttpBrowser browser;
  Rest rest;
  String provider;

  @BeforeEach
  void provider(RunningServer running) {
    server = running;
    browser = new HttpBrowser(running);
    rest = Rest.admin(running);
    provider = create();
  }

  @AfterEach
  void close() {
    browser.close();
    idp.close();
  }

  String create(Object... changes) {
    Map<String, Object> input = input(Unique.name("Corp"), changes);
    Rest.Answer made = rest.post("auth/oidc/providers", input);
    assertThat(made.status()).as(made.text()).isEqualTo(201);
    return made.at("/id");
  }

  Map<String, Object> input(String name, Object... changes) {
    Map<String, Object> input = new LinkedHashMap<>(idp.provider(name));
    for (int i = 0; i < changes.length; i += 2) {
      input.put((String) changes[i], changes[i + 1]);
    }
    return input;
  }

  void change(Object... changes) {
    String path = "auth/oidc/providers/" + provider;
    Rest.Answer now = rest.get(path);
    Rest.Answer changed = rest.put(path, now.etag(), input(now.at("/name"), changes));
    assertThat(changed.status()).as(changed.text()).isEqualTo(200);
  }

  void map(String group, String role) {
    var mapping = Map.of("providerId", provider, "group", group, "roleId", role);
    assertThat(rest.post("auth/oidc/group-mappings", mapping).status()).isEqualTo(201);
  }

  FakeIdp.Asked begin() {
    return begin("");
  }

  FakeIdp.Asked begin(String more) {
    HttpResponse<String> answer = browser.get("/auth/oidc/login?provider=" + provider + more);
    assertThat(location(answer)).startsWith(idp.issuer() + "/authorize?");
    return idp.asked(location(answer));
  }

  HttpResponse<String> callback(String query) {
    return browser.get("/auth/oidc/callback?" + query);
  }

  HttpResponse<String> signIn() {
    return callback(idp.answer(begin()));
  }

  JsonNode me() {
    HttpResponse<String> answer = browser.get(ME);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return new JsonMapper().readTree(answer.body());
  }

  void assertRefused(HttpResponse<String> answer, String reason) {
    assertThat(answer.statusCode()).isEqualTo(303);
    assertThat(location(answer)).isEqualTo("/auth/sign-in?reason=" + reason);
    assertThat(browser.get(ME).statusCode()).isEqualTo(401);
  }

  void assertTokenRefused(Function<TestToken, String> token, String reason) {
    idp.idToken(token);
    assertRefused(signIn(), reason);
  }
}
