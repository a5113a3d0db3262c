package dev.sallyport.testing;

import dev.sallyport.crypto.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The people of the demo's identity provider, as its own admin and a browser see them.
public final class DemoAccounts {
  private static final JsonMapper JSON = new JsonMapper();

  private final JsonNode demo;

  /// A person whom no other test has.
  public record Account(String name, Secret password, String subject, String email) {}

  public DemoAccounts(RunningServer server) {
    try {
      demo = JSON.readTree(Files.readString(server.dataFolder().resolve("run.json"))).get("demo");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Carol of the demo, whose groups give no role.
  public Account carol() {
    String password =
        demo.get("users")
            .valueStream()
            .filter(user -> user.get("name").asString().equals("carol"))
            .findFirst()
            .orElseThrow()
            .get("password")
            .asString();
    return new Account("carol", new Secret(password), "", "carol@demo.test");
  }

  public Account create(String... groups) {
    String name = Unique.name("person");
    Secret password = new Secret(Unique.name("pw"));
    String form = "user=" + name + "&password=" + password.reveal() + groups(List.of(groups));
    JsonNode made = operator("/users", form);
    return new Account(name, password, made.get("sub").asString(), made.get("email").asString());
  }

  /// From now on the person has these groups and no others.
  public void regroup(Account account, String... groups) {
    operator("/users", "user=" + account.name() + groups(List.of(groups)));
  }

  /// Ends a person's sessions at the provider, or the one with that `sid`; the provider has told
  /// every client when this returns.
  public void endSessions(Account account, Optional<String> sid) {
    operator("/sessions/end", "user=" + account.name() + sid.map(id -> "&sid=" + id).orElse(""));
  }

  /// An access token of the person, got by their agent.
  public String token(Account account) {
    String form =
        "grant_type=password&client_id=%s&username=%s&password=%s"
            .formatted(
                encoded(demo.get("clientId").asString()),
                encoded(account.name()),
                encoded(account.password().reveal()));
    return JSON.readTree(post(demo.get("tokenEndpoint").asString(), form).body())
        .get("access_token")
        .asString();
  }

  /// Fills in the provider's page as a browser would; answers where it sends the browser next.
  public URI signIn(URI authorizationRequest, Account account) {
    String form =
        "username=%s&password=%s"
            .formatted(encoded(account.name()), encoded(account.password().reveal()));
    HttpResponse<String> answer = post(authorizationRequest.toString(), form);
    return answer
        .headers()
        .firstValue("Location")
        .map(URI::create)
        .orElseThrow(() -> new AssertionError(answer.statusCode() + " " + answer.body()));
  }

  private JsonNode operator(String path, String form) {
    HttpResponse<String> answer =
        post(
            demo.get("issuer").asString() + path,
            form,
            "Authorization",
            "Bearer " + demo.get("operatorToken").asString());
    if (answer.statusCode() != 200) {
      throw new AssertionError(path + ": " + answer.statusCode() + " " + answer.body());
    }
    return JSON.readTree(answer.body());
  }

  private static HttpResponse<String> post(String url, String form, String... headers) {
    var request =
        HttpRequest.newBuilder(URI.create(url))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(form));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return RunningServer.send(request.build());
  }

  private static String groups(List<String> groups) {
    StringBuilder form = new StringBuilder();
    groups.forEach(group -> form.append("&group=").append(encoded(group)));
    return form.toString();
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }
}
