package dev.sallyport.testing.keycloak;

import dev.sallyport.crypto.Secret;
import dev.sallyport.testing.RunningServer;
import dev.sallyport.testing.Unique;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// One realm: the people alice (in the group `eng`), bob and carol (in none), the console's client,
/// and the agents' own, whose tokens carry an audience of this realm alone. The client `gateway`
/// trades them for tokens of the clients `backend` and `other`.
public final class KeycloakRealm {
  public static final String CONSOLE = "sallyport-console";
  public static final String AGENTS = "agents";
  public static final String GATEWAY = "gateway";
  private static final JsonMapper JSON = new JsonMapper();

  private final String base;
  private final Setup setup;
  private final KeycloakAdmin admin;

  /// What `realm.json` leaves open.
  record Setup(String name, String serverBase, Secret password, Secret clientSecret) {
    static Setup of(String serverBase) {
      return new Setup(
          Unique.name("realm"),
          serverBase,
          new Secret(Unique.name("pw")),
          new Secret(Unique.name("secret")));
    }

    String json() {
      try (InputStream file =
          Objects.requireNonNull(KeycloakRealm.class.getResourceAsStream("realm.json"))) {
        return new String(file.readAllBytes(), StandardCharsets.UTF_8)
            .replace("{realm}", name)
            .replace("{base}", serverBase)
            .replace("{audience}", name)
            .replace("{password}", password.reveal())
            .replace("{secret}", clientSecret.reveal());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  KeycloakRealm(String base, Setup setup, KeycloakAdmin admin) {
    this.base = base;
    this.setup = setup;
    this.admin = admin;
  }

  public String issuer() {
    return base + "/realms/" + setup.name();
  }

  public String jwksUri() {
    return endpoint("certs");
  }

  public String tokenEndpoint() {
    return endpoint("token");
  }

  /// In every access token of the agents' client.
  public String audience() {
    return setup.name();
  }

  /// Of the clients that have one.
  public Secret clientSecret() {
    return setup.clientSecret();
  }

  /// Of everybody in the realm.
  public Secret password() {
    return setup.password();
  }

  /// An access token that the agents' client got with the person's password: a session of its own.
  public String token(String person) {
    String form =
        "grant_type=password&client_id=%s&username=%s&password=%s&scope=openid"
            .formatted(AGENTS, person, setup.password().reveal());
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(tokenEndpoint()))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(form))
            .build();
    return JSON.readTree(RunningServer.send(request).body()).get("access_token").asString();
  }

  public void join(String person, String group) {
    admin.put(membership(person, group), Map.of());
  }

  public void leave(String person, String group) {
    admin.delete(membership(person, group));
  }

  private String membership(String person, String group) {
    return user(person) + "/groups/" + idOf("/groups?exact=true&search=" + group);
  }

  /// Ends all of the person's sessions.
  public void endSessions(String person) {
    admin.post(user(person) + "/logout", Map.of());
  }

  /// How many sessions the person has.
  public int sessions(String person) {
    return admin.get(user(person) + "/sessions").size();
  }

  /// Ends the session with this `sid`.
  public void endSession(String sid) {
    admin.delete(path("/sessions/" + sid));
  }

  public void disable(String person) {
    admin.put(user(person), Map.of("enabled", false));
  }

  /// Makes it the authorization server of a resource, for clients that register themselves.
  public void protect(String resource) {
    new RemoteRealm(admin, setup.name()).protect(resource);
  }

  /// A new key signs from now on; the old one stays published.
  public void rotateKeys() {
    Map<String, List<String>> config = Map.of("priority", List.of("200"));
    admin.post(
        path("/components"),
        Map.of(
            "name",
            Unique.name("key"),
            "providerId",
            "rsa-generated",
            "providerType",
            "org.keycloak.keys.KeyProvider",
            "config",
            config));
  }

  private String user(String person) {
    return path("/users/" + idOf("/users?exact=true&username=" + person));
  }

  private String idOf(String search) {
    JsonNode found = admin.get(path(search));
    return found.get(0).get("id").asString();
  }

  private String path(String rest) {
    return "/" + setup.name() + rest;
  }

  private String endpoint(String name) {
    return issuer() + "/protocol/openid-connect/" + name;
  }
}
