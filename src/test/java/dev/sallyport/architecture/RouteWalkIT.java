package dev.sallyport.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaMethod;
import dev.sallyport.authz.PublicEndpoint;
import dev.sallyport.crypto.Secret;
import dev.sallyport.docs.CommittedPage;
import dev.sallyport.testing.Entrance;
import dev.sallyport.testing.Rest;
import dev.sallyport.testing.RunningServer;
import dev.sallyport.testing.Unique;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/// Calls every REST route without credentials, with a key of each role, and with one whose scope
/// lies elsewhere, and compares the answers with `docs/access.md`.
@ExtendWith(RunningServer.Extension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RouteWalkIT {
  private static final String HEAD =
      """
      # Who gets what answer

      <!-- Made by RouteWalkIT, which calls every route of the running server. -->

      The status of each REST route for a caller without credentials, for a key of each role, and
      for an operator whose scope lies elsewhere. Bodies are empty objects and `{id}` is that of a
      thing which exists where that harms nothing: 400, 404, 412 and 428 are answers to somebody who
      was let in; 401 and 403 are not.

      | route | %s |
      |---|%s|
      """;
  private static final List<String> ROLES =
      List.of("r-admin", "r-operator", "r-viewer", "r-agent", "r-mcp", "r-cli", "r-auditor");
  // Its answer goes on for as long as the caller listens.
  private static final Set<String> ENDLESS = Set.of("GET app-sessions/changes");

  private final Map<String, Rest> callers = new LinkedHashMap<>();
  private Map<String, String> ids = Map.of();

  @BeforeAll
  void prepare(RunningServer server) {
    Entrance entrance = Entrance.to(server, "mcp+http://127.0.0.1:9/mcp");
    Rest admin = entrance.rest();
    String token = entrance.token().signed();
    Rest.Answer session =
        admin.post(
            "app-sessions",
            Map.of("app", entrance.name(), "jwt", token, "remoteAddress", "192.0.2.1"));
    ids =
        Map.of(
            "apps", entrance.appPath().replace("apps/", ""),
            "app-auth-configs", entrance.configPath().replace("app-auth-configs/", ""),
            "app-sessions", session.at("/id"));
    callers.put("nobody", Rest.anonymous(server));
    ROLES.forEach(role -> callers.put(role, admin.holding(role)));
    callers.put("elsewhere", scoped(admin, "r-operator"));
  }

  private static Rest scoped(Rest admin, String role) {
    Map<String, Object> key = new LinkedHashMap<>();
    key.put("name", Unique.name("elsewhere"));
    key.put("role", role);
    key.put("scope", Map.of("env", List.of(Unique.name("elsewhere"))));
    return admin.with(new Secret(admin.post("auth/keys", key).at("/key")));
  }

  @Test
  void everyRouteAnswersAsTheCommittedTableSays() throws IOException {
    Map<String, String> rows = new TreeMap<>();
    for (Method method : routes()) {
      String path = Endpoints.restPath(method).replaceFirst("^/api/v1/", "");
      String route = Endpoints.verb(method) + " " + path;
      if (!ENDLESS.contains(route)) {
        rows.put(path + " " + route, row(route, path, Endpoints.verb(method)));
      }
    }
    assertThat(rows).hasSizeGreaterThan(20);
    String head =
        HEAD.formatted(
            String.join(" | ", callers.keySet()),
            callers.keySet().stream().map(_ -> "---").collect(Collectors.joining("|")));
    CommittedPage.check(Path.of("docs/access.md"), head + String.join("\n", rows.values()) + "\n");
  }

  private static List<Method> routes() {
    return Project.CLASSES.stream()
        .flatMap(type -> type.getMethods().stream())
        .filter(Endpoints::isRest)
        .map(JavaMethod::reflect)
        .toList();
  }

  private String row(String route, String path, String verb) {
    List<String> cells = new ArrayList<>();
    callers.forEach((_, caller) -> cells.add(String.valueOf(status(caller, path, verb))));
    return "| `" + route + "` | " + String.join(" | ", cells) + " |";
  }

  private int status(Rest caller, String template, String verb) {
    String id = ids.getOrDefault(template.replaceFirst("/.*", ""), "none");
    String path = template.replaceFirst("\\{[^}]+}", id).replaceAll("\\{[^}]+}", "none");
    BodyPublisher body =
        Set.of("POST", "PUT", "PATCH").contains(verb)
            ? BodyPublishers.ofString("{}")
            : BodyPublishers.noBody();
    // Of no revision: nothing is changed by a walk.
    return caller.send(verb, path, body, "If-Match", "\"999\"").status();
  }

  /// Whoever is let in nowhere must not be let in by a route that forgot to ask.
  @Test
  void nobodyIsLetInWhereAPermissionIsDeclared() {
    Rest nobody = callers.get("nobody");
    List<String> open = new ArrayList<>();
    for (Method method : routes()) {
      String path = Endpoints.restPath(method).replaceFirst("^/api/v1/", "");
      boolean isPublic = method.isAnnotationPresent(PublicEndpoint.class);
      if (!isPublic && status(nobody, path, Endpoints.verb(method)) != 401) {
        open.add(Endpoints.verb(method) + " " + path);
      }
    }
    assertThat(open).isEmpty();
  }
}
