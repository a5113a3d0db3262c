package dev.sallyport.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaMethod;
import dev.sallyport.authz.PublicEndpoint;
import dev.sallyport.crypto.Secret;
import dev.sallyport.docs.CommittedPage;
import dev.sallyport.testing.Entrance;
import dev.sallyport.testing.Rest;
import dev.sallyport.testing.RunningServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
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

      """;
  // Its answer goes on for as long as the caller listens.
  private static final Set<String> ENDLESS = Set.of("app-sessions/changes");

  private Callers callers = new Callers(Map.of());
  private @Nullable Rest anonymous;
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
    callers = Callers.of(server);
    anonymous = Rest.anonymous(server);
  }

  @Test
  void everyRouteAnswersAsTheCommittedTableSays() throws IOException {
    Map<String, String> rows = new TreeMap<>();
    for (Method method : routes()) {
      String path = Endpoints.restPath(method).replaceFirst("^/api/v1/", "");
      String route = Endpoints.verb(method) + " " + path;
      String verb = Endpoints.verb(method);
      rows.put(path + " " + route, callers.row(route, key -> status(caller(key), path, verb)));
    }
    assertThat(rows).hasSizeGreaterThan(20);
    CommittedPage.check(
        Path.of("docs/access.md"), HEAD + callers.head("route") + String.join("", rows.values()));
  }

  private Rest caller(Optional<Secret> key) {
    Rest nobody = Objects.requireNonNull(anonymous);
    return key.map(nobody::with).orElse(nobody);
  }

  private static List<Method> routes() {
    return Project.CLASSES.stream()
        .flatMap(type -> type.getMethods().stream())
        .filter(Endpoints::isRest)
        .map(JavaMethod::reflect)
        .toList();
  }

  private int status(Rest caller, String template, String verb) {
    String id = ids.getOrDefault(template.replaceFirst("/.*", ""), "none");
    String path = template.replaceFirst("\\{[^}]+}", id).replaceAll("\\{[^}]+}", "none");
    if (ENDLESS.contains(path)) {
      return head(caller, path);
    }
    BodyPublisher body =
        Set.of("POST", "PUT", "PATCH").contains(verb)
            ? BodyPublishers.ofString("{}")
            : BodyPublishers.noBody();
    // Of no revision: nothing is changed by a walk.
    return caller.send(verb, path, body, "If-Match", "\"999\"").status();
  }

  private static int head(Rest caller, String path) {
    var answer = caller.stream(path);
    try (var body = answer.body()) {
      return answer.statusCode();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Whoever is let in nowhere must not be let in by a route that forgot to ask.
  @Test
  void nobodyIsLetInWhereAPermissionIsDeclared() {
    Rest nobody = caller(Optional.empty());
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
