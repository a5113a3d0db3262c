package dev.sallyport.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import dev.sallyport.crypto.Secret;
import dev.sallyport.docs.CommittedPage;
import dev.sallyport.testing.Entrance;
import dev.sallyport.testing.GatewayClient;
import dev.sallyport.testing.RunningServer;
import jakarta.servlet.annotation.WebServlet;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Calls what is neither REST nor a view as everybody, and compares the answers with
/// `docs/access-servlets.md`.
@ExtendWith(RunningServer.Extension.class)
class ServletWalkIT {
  private static final String HEAD =
      """
      # Who gets what answer from the sign-in, the connections and the published documents

      <!-- Made by ServletWalkIT, which calls the running server. -->

      The status for a caller without credentials, for a key of each role, and for an operator whose
      scope lies elsewhere. Nothing is sent along: what these take is in a form, in the address or in
      a cookie, and an API key is none of it. 302 and 303 lead to the sign-in page or back to it.

      """;
  private static final String METADATA = "/.well-known/oauth-protected-resource/mcp/apps/";
  // What the gateway answers before any servlet, and what is not there.
  private static final List<String> OTHERS =
      List.of(
          "/.well-known/jwks.json",
          "/.well-known/oauth-client.json",
          METADATA + "{app}",
          METADATA + "none",
          "/.well-known/none",
          "/auth/none",
          "/authz/{app}",
          "/authz/none",
          "/openapi",
          "/oauth/none");

  @Test
  void everyServletAnswersAsTheCommittedTableSays(RunningServer server) throws IOException {
    String app = Entrance.to(server, "mcp+http://127.0.0.1:9/mcp").name();
    Callers callers = Callers.of(server);
    StringBuilder rows = new StringBuilder();
    for (String path : paths()) {
      // An address of its own: some of these are limited by it.
      try (GatewayClient client = new GatewayClient()) {
        String url = server.base() + path.replace("{app}", app).replace("*", "none");
        for (String verb : List.of("GET", "POST", "DELETE")) {
          rows.append(callers.row(verb + " " + path, key -> status(client, verb, url, key)));
        }
      }
    }
    CommittedPage.check(Path.of("docs/access-servlets.md"), HEAD + callers.head("request") + rows);
  }

  private static TreeSet<String> paths() {
    TreeSet<String> paths =
        Project.CLASSES.stream()
            .filter(Endpoints::isServlet)
            .map(JavaClass::reflect)
            .map(type -> type.getAnnotation(WebServlet.class))
            .flatMap(servlet -> Stream.of(servlet.value()))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(paths).hasSizeGreaterThan(5);
    paths.addAll(OTHERS);
    return paths;
  }

  private static int status(GatewayClient client, String verb, String url, Optional<Secret> key) {
    String[] headers =
        key.map(secret -> new String[] {"Authorization", "Bearer " + secret.reveal()})
            .orElse(new String[0]);
    return client.send(verb, url, BodyPublishers.noBody(), headers).statusCode();
  }
}
