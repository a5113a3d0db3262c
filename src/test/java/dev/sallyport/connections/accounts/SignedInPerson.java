package dev.sallyport.connections.accounts;

import static dev.sallyport.testing.HttpBrowser.location;

import dev.sallyport.connections.grants.Person;
import dev.sallyport.testing.DemoAccounts;
import dev.sallyport.testing.DemoAccounts.Account;
import dev.sallyport.testing.HttpBrowser;
import dev.sallyport.testing.Rest;
import dev.sallyport.testing.RunningServer;
import java.net.URI;
import java.net.http.HttpResponse;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A person of the demo's identity provider in a browser that is signed in to the console.
final class SignedInPerson implements AutoCloseable {
  private final HttpBrowser browser;
  private final String base;
  private final Account account;
  private final String issuer;

  /// A REST answer to the browser.
  record Reply(int status, String text) {
    JsonNode json() {
      return JsonMapper.shared().readTree(text);
    }

    String at(String pointer) {
      return json().at(pointer).asString("");
    }
  }

  SignedInPerson(RunningServer server, String... groups) {
    DemoAccounts accounts = new DemoAccounts(server);
    account = accounts.create(groups);
    browser = new HttpBrowser(server);
    base = server.base();
    JsonNode provider = demo(Rest.admin(server));
    issuer = provider.get("issuer").asString();
    String login = "/auth/oidc/login?provider=" + provider.get("id").asString();
    URI authorize = URI.create(location(browser.get(login)));
    HttpResponse<String> done = browser.get(accounts.signIn(authorize, account).toString());
    if (!browser.cookies().containsKey("sallyport_csrf")) {
      throw new IllegalStateException("not signed in: " + done.statusCode() + " " + done.body());
    }
  }

  private static JsonNode demo(Rest admin) {
    for (JsonNode provider : admin.get("auth/oidc/providers").json().get("items")) {
      if (provider.get("name").asString().equals("Demo")) {
        return provider;
      }
    }
    throw new IllegalStateException("There is no provider named Demo.");
  }

  Person person() {
    return new Person(issuer, account.subject());
  }

  String name() {
    return account.name();
  }

  Reply get(String path) {
    return call("GET", path);
  }

  /// A call as a script of this site's page makes it.
  Reply call(String method, String path) {
    HttpResponse<String> answer =
        browser.send(
            method,
            "/api/v1/" + path,
            "Content-Type",
            "application/json",
            "Origin",
            base,
            "X-CSRF-Token",
            browser.cookies().getOrDefault("sallyport_csrf", ""));
    return new Reply(answer.statusCode(), answer.body());
  }

  @Override
  public void close() {
    browser.close();
  }
}
