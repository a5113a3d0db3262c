package dev.sallyport.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import dev.sallyport.crypto.Secret;
import dev.sallyport.docs.CommittedPage;
import dev.sallyport.testing.Entrance;
import dev.sallyport.testing.FakeIdp;
import dev.sallyport.testing.Rest;
import dev.sallyport.testing.RunningServer;
import dev.sallyport.testing.Unique;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Opens every view of the console as each role, and compares what opened with
/// `docs/access-console.md`. What views there are stands in `docs/endpoints.md`.
@BrowserTest
class ViewWalkIT {
  private static final Pattern VIEW = Pattern.compile("(?m)^\\| `(/[^`]*)` \\(view\\)");
  private static final String HEAD =
      """
      # Who sees which page of the console

      <!-- Made by ViewWalkIT, which opens every page in a browser. -->

      The page that opens for nobody, for each role, and for an operator whose scope lies elsewhere. A
      dash: the page says which permission is missing. NAME is the name of what the page is about.

      | page | %s |
      |---|%s|
      """;
  private static final List<String> ROLES =
      List.of("r-admin", "r-operator", "r-viewer", "r-agent", "r-mcp", "r-cli", "r-auditor");

  @Test
  void everyViewOpensForWhomTheCommittedTableSays(RunningServer server, Console console)
      throws IOException {
    List<String> paths =
        VIEW.matcher(Files.readString(Path.of("docs/endpoints.md")))
            .results()
            .map(found -> found.group(1))
            .filter(path -> !path.equals("/"))
            .toList();
    assertThat(paths).hasSizeGreaterThan(5);
    Map<String, Map<String, String>> opened = new LinkedHashMap<>();
    try (FakeIdp idp = FakeIdp.start()) {
      Subjects subjects = Subjects.of(server, idp);
      opened.put("nobody", walk(console, null, paths, subjects));
      callers(server).forEach((name, key) -> opened.put(name, walk(console, key, paths, subjects)));
    }
    CommittedPage.check(Path.of("docs/access-console.md"), page(paths, opened));
  }

  /// What pages with a parameter are about: an app and a config of the same name, and a provider.
  private record Subjects(String app, String config, String provider, String providerName) {
    static Subjects of(RunningServer server, FakeIdp idp) {
      Entrance entrance = Entrance.to(server, "https://app.example/");
      String name = Unique.name("Corp");
      String provider = entrance.rest().post("auth/oidc/providers", idp.provider(name)).at("/id");
      String config = entrance.configPath().substring("app-auth-configs/".length());
      return new Subjects(entrance.name(), config, provider, name);
    }

    String path(String route) {
      return route
          .replace("/app/:name", "/app/" + app)
          .replace("/sign-in-providers/:id", "/sign-in-providers/" + provider)
          .replace("/trusted-issuers/:id", "/trusted-issuers/" + config);
    }

    String nameless(String heading) {
      return heading.replace(app, "NAME").replace(providerName, "NAME");
    }
  }

  private static Map<String, Secret> callers(RunningServer server) {
    Map<String, Secret> callers = new LinkedHashMap<>();
    ROLES.forEach(role -> callers.put(role, key(server, role, Map.of())));
    Map<String, Object> scope = Map.of("env", List.of(Unique.name("elsewhere")));
    callers.put("elsewhere", key(server, "r-operator", Map.of("scope", scope)));
    return callers;
  }

  private static Secret key(RunningServer server, String role, Map<String, Object> more) {
    Map<String, Object> wanted = new LinkedHashMap<>(more);
    wanted.put("name", Unique.name(role));
    wanted.put("role", role);
    return new Secret(Rest.admin(server).post("auth/keys", wanted).at("/key"));
  }

  private static Map<String, String> walk(
      Console console, @Nullable Secret key, List<String> paths, Subjects subjects) {
    console.page().context().clearCookies();
    if (key != null) {
      console.signIn(key);
    }
    Map<String, String> seen = new LinkedHashMap<>();
    paths.forEach(path -> seen.put(path, subjects.nameless(heading(console, subjects.path(path)))));
    return seen;
  }

  private static String heading(Console console, String path) {
    console.open(path);
    Locator heading = console.page().locator("h1").first();
    heading.waitFor();
    String text = heading.innerText();
    return text.equals("Permission missing") ? "–" : text;
  }

  private static String page(List<String> paths, Map<String, Map<String, String>> opened) {
    String head =
        HEAD.formatted(
            String.join(" | ", opened.keySet()),
            opened.keySet().stream().map(_ -> "---").collect(Collectors.joining("|")));
    String rows =
        paths.stream()
            .map(path -> "| `" + path + "` | " + row(path, opened) + " |\n")
            .collect(Collectors.joining());
    return head + rows;
  }

  private static String row(String path, Map<String, Map<String, String>> opened) {
    return opened.values().stream()
        .map(seen -> seen.getOrDefault(path, ""))
        .collect(Collectors.joining(" | "));
  }
}
