package dev.sallyport.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import dev.sallyport.authz.PublicEndpoint;
import dev.sallyport.authz.RequiresPermission;
import dev.sallyport.docs.CommittedPage;
import jakarta.servlet.annotation.WebServlet;
import java.io.IOException;
import java.lang.reflect.AnnotatedElement;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// `docs/endpoints.md` lists everything that can be called with the permission that it needs, so
/// that nothing opens without a reviewer seeing it.
class EndpointsPageTest {
  private static final String HEAD =
      """
      # Endpoints and their permissions

      <!-- Made from the code by EndpointsPageTest. -->

      Every REST path, servlet and view, with the permission without which it is refused, or why it
      needs none. Where it says *scoped*, holding the permission for some labels is enough, and the
      answer is narrowed to them. Apps (`/mcp/…`, `/apps/…`) are not listed: there, tokens of identity providers
      decide.

      | path | permission |
      |---|---|
      """;

  @Test
  void endpointsPageSaysWhatTheCodeSays() throws IOException {
    String rows = rows().stream().map(row -> row + "\n").collect(Collectors.joining());
    CommittedPage.check(Path.of("docs/endpoints.md"), HEAD + rows);
  }

  @Test
  void rowsWhenReadThenHoldRestAndServlets() {
    assertThat(rows())
        .contains(
            "| `/api/v1/apps` GET | `app.read`, scoped |",
            "| `/api/v1/apps/{id}` GET | `app.read`, scoped |")
        .anyMatch(row -> row.startsWith("| `/auth/sign-in` | public: "));
  }

  private static TreeSet<String> rows() {
    Stream<String> rest =
        Project.CLASSES.stream()
            .flatMap(type -> type.getMethods().stream())
            .filter(Endpoints::isRest)
            .map(JavaMethod::reflect)
            .map(m -> row(Endpoints.restPath(m) + "` " + Endpoints.verb(m), m));
    Stream<String> servlets =
        Project.CLASSES.stream()
            .filter(Endpoints::isServlet)
            .map(JavaClass::reflect)
            .flatMap(type -> servletPaths(type).map(path -> row(path + "`", type)));
    Stream<String> views =
        Project.CLASSES.stream()
            .filter(Endpoints::isView)
            .map(JavaClass::reflect)
            .map(type -> row("/" + viewPath(type) + "` (view)", type));
    return Stream.of(rest, servlets, views)
        .flatMap(s -> s)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String row(String path, AnnotatedElement element) {
    RequiresPermission required = element.getAnnotation(RequiresPermission.class);
    PublicEndpoint open = element.getAnnotation(PublicEndpoint.class);
    String permission =
        required != null
            ? "`" + required.value().permissionName() + "`" + (required.scoped() ? ", scoped" : "")
            : "public: " + (open == null ? "nobody says why" : CommittedPage.cell(open.value()));
    return "| `" + path + " | " + permission + " |";
  }

  private static Stream<String> servletPaths(Class<?> type) {
    WebServlet servlet = type.getAnnotation(WebServlet.class);
    if (servlet == null) {
      return Stream.of(type.getSimpleName());
    }
    return Stream.concat(List.of(servlet.value()).stream(), Stream.of(servlet.urlPatterns()));
  }

  private static String viewPath(Class<?> type) {
    return type.getAnnotation(com.vaadin.flow.router.Route.class).value();
  }
}
