package dev.sallyport.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.docs.CommittedPage;
import dev.sallyport.testing.RawCall;
import dev.sallyport.testing.RunningServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The OpenAPI document says of each operation which credentials it takes.
@ExtendWith(RunningServer.Extension.class)
class OpenApiIT {
  private static final Set<String> VERBS = Set.of("get", "put", "post", "delete", "patch");
  private static final String HEAD =
      """
      # Operations that take no credential

      <!-- Made by OpenApiIT from the running server's OpenAPI document. -->

      Every other operation of the REST API needs somebody known to ask.

      """;

  private JsonNode document;
  private final Map<String, Set<String>> security = new TreeMap<>();

  @BeforeEach
  void read(RunningServer server) {
    URI address = URI.create(server.base() + "/openapi?format=JSON");
    document =
        new JsonMapper()
            .readTree(RunningServer.send(HttpRequest.newBuilder(address).build()).body());
    document
        .get("paths")
        .forEachEntry(
            (path, operations) ->
                operations.forEachEntry(
                    (verb, operation) -> {
                      if (VERBS.contains(verb)) {
                        security.put(verb.toUpperCase() + " " + path, schemes(operation));
                      }
                    }));
  }

  private static Set<String> schemes(JsonNode operation) {
    var schemes = new TreeSet<String>();
    operation.path("security").forEach(one -> schemes.addAll(one.propertyNames()));
    return schemes;
  }

  @Test
  void documentWhenAskedForUnderAnotherNameThenRefused(RunningServer server) throws IOException {
    String other =
        RawCall.exchange(server, "GET /openapi HTTP/1.1", "Host: rebound.example", "Accept: */*");
    String own = RawCall.exchange(server, "GET /openapi HTTP/1.1", "Host: " + RawCall.host(server));

    assertThat(other).startsWith("HTTP/1.1 403 ").contains("host-not-allowed");
    assertThat(own).startsWith("HTTP/1.1 200 ").contains("application/yaml");
  }

  @Test
  void documentDeclaresTheThreeSchemes() {
    assertThat(document.at("/components/securitySchemes").propertyNames())
        .containsExactlyInAnyOrder("cookieAuth", "apiKeyAuth", "bearerAuth");
    assertThat(document.at("/components/securitySchemes/cookieAuth/in").asString())
        .isEqualTo("cookie");
  }

  @Test
  void operationsTakeAnyOfThemUnlessTheySayOtherwise() {
    assertThat(security).hasSizeGreaterThan(40);
    assertThat(security.get("GET /api/v1/apps"))
        .containsExactly("apiKeyAuth", "bearerAuth", "cookieAuth");
    assertThat(security.get("GET /api/v1/auth/me"))
        .containsExactly("apiKeyAuth", "bearerAuth", "cookieAuth");
    assertThat(security.get("POST /api/v1/auth/token")).containsExactly("apiKeyAuth");
  }

  @Test
  void operationsThatTakeNoneAreTheCommittedOnes() throws IOException {
    String open =
        security.entrySet().stream()
            .filter(operation -> operation.getValue().isEmpty())
            .map(operation -> "- `" + operation.getKey() + "`\n")
            .collect(Collectors.joining());
    CommittedPage.check(Path.of("docs/public-operations.md"), HEAD + open);
  }

  @Test
  void operationIdsAreNamesOfClassAndMethod() {
    assertThat(document.at("/paths").get("/api/v1/apps").at("/get/operationId").asString())
        .isEqualTo("AppsResource_list");
  }
}
