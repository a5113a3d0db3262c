package dev.sallyport.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.config.SettingKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The files for containers against what they speak of: settings, secrets, each other. No engine is
/// here to run them.
class ContainersTest {
  private static final Path FOLDER = Path.of("docker");
  private static final JsonMapper JSON = new JsonMapper();

  private static List<JsonNode> documents(String file) throws IOException {
    LoaderOptions strict = new LoaderOptions();
    strict.setAllowDuplicateKeys(false);
    List<JsonNode> documents = new ArrayList<>();
    new Yaml(new SafeConstructor(strict))
        .loadAll(Files.readString(FOLDER.resolve(file)))
        .forEach(document -> documents.add(JSON.valueToTree(document)));
    return documents;
  }

  private static JsonNode compose() throws IOException {
    return documents("compose.yaml").getFirst();
  }

  private static JsonNode kubernetes(String kind) throws IOException {
    return documents("kubernetes/sallyport.yaml").stream()
        .filter(document -> document.at("/kind").asString().equals(kind))
        .findFirst()
        .orElseThrow();
  }

  private static Set<String> names(JsonNode object) {
    return new TreeSet<>(object.propertyNames());
  }

  /// What `bin/sallyport` or the server reads.
  private static Set<String> known() throws IOException {
    String script = Files.readString(Path.of("src/main/wildfly/bin/sallyport"));
    Set<String> known =
        Stream.of(SettingKey.values())
            .flatMap(key -> Stream.of(key.key(), key.key() + "_FILE"))
            .collect(Collectors.toCollection(TreeSet::new));
    Pattern.compile("SALLYPORT_[A-Z_]+")
        .matcher(script)
        .results()
        .forEach(match -> known.add(match.group()));
    return known;
  }

  @Test
  void settingsWhenGivenThenTheServerKnowsThem() throws IOException {
    assertThat(known()).containsAll(names(kubernetes("ConfigMap").at("/data")));
    for (String node : List.of("node1", "node2")) {
      JsonNode settings = compose().at("/services/" + node + "/environment");
      assertThat(known()).containsAll(names(settings)).hasSizeGreaterThan(20);
      assertThat(settings.size()).isGreaterThan(8);
    }
    String image = Files.readString(FOLDER.resolve("Containerfile"));
    assertThat(image.lines().filter(line -> line.startsWith("ENV ")))
        .allSatisfy(
            line ->
                assertThat(Stream.of(line.substring(4).split(" ")).map(e -> e.split("=")[0]))
                    .isSubsetOf(known()));
  }

  @Test
  void composeWhenItNamesSomethingThenItIsThere() throws IOException {
    JsonNode compose = compose();
    Set<String> services = names(compose.at("/services"));
    assertThat(services)
        .containsExactlyInAnyOrder("node1", "node2", "haproxy", "database", "keycloak");
    for (String service : services) {
      JsonNode what = compose.at("/services/" + service);
      what.at("/secrets")
          .forEach(name -> assertThat(names(compose.at("/secrets"))).contains(name.asString()));
      JsonNode after = what.at("/depends_on");
      Set<String> before =
          after.isObject()
              ? names(after)
              : after.valueStream().map(JsonNode::asString).collect(Collectors.toSet());
      assertThat(services).containsAll(before);
      what.at("/volumes").forEach(volume -> assertMounts(compose, volume.asString()));
    }
  }

  private static void assertMounts(JsonNode compose, String volume) {
    String source = volume.split(":")[0];
    if (source.startsWith("./")) {
      assertThat(FOLDER.resolve(source.substring(2))).exists();
    } else {
      assertThat(names(compose.at("/volumes"))).contains(source);
    }
  }

  @Test
  void secretsWhenReadFromFilesThenTheyAreMounted() throws IOException {
    compose()
        .at("/services/node1/environment")
        .forEachEntry(
            (key, value) -> {
              if (key.endsWith("_FILE")) {
                String name = value.asString().replace("/run/secrets/", "");
                assertThat(mounted("node1")).as(key).contains(name);
              }
            });
    JsonNode pod = kubernetes("Deployment").at("/spec/template/spec");
    String place = pod.at("/containers/0/volumeMounts/0/mountPath").asString();
    kubernetes("ConfigMap")
        .at("/data")
        .forEachEntry(
            (key, value) -> {
              if (key.endsWith("_FILE")) {
                assertThat(value.asString()).startsWith(place + "/");
              }
            });
  }

  private static List<String> mounted(String service) {
    try {
      return compose()
          .at("/services/" + service + "/secrets")
          .valueStream()
          .map(JsonNode::asString)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void serversWhenInContainersThenHaveNoRights() throws IOException {
    String image = Files.readString(FOLDER.resolve("Containerfile"));
    assertThat(image).contains("\nUSER 10001\n", "\nHEALTHCHECK ", "\nENTRYPOINT [");
    assertThat(image).doesNotContain(":latest").doesNotContain("ADD http");
    for (String node : List.of("node1", "node2", "haproxy")) {
      JsonNode service = compose().at("/services/" + node);
      assertThat(service.at("/read_only").asBoolean()).isTrue();
      assertThat(service.at("/cap_drop/0").asString()).isEqualTo("ALL");
      assertThat(service.at("/security_opt/0").asString()).isEqualTo("no-new-privileges:true");
    }
    JsonNode pod = kubernetes("Deployment").at("/spec/template/spec");
    assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
    assertThat(pod.at("/securityContext/runAsUser").asInt()).isEqualTo(10001);
    JsonNode container = pod.at("/containers/0/securityContext");
    assertThat(container.at("/allowPrivilegeEscalation").asBoolean(true)).isFalse();
    assertThat(container.at("/readOnlyRootFilesystem").asBoolean()).isTrue();
    assertThat(container.at("/capabilities/drop/0").asString()).isEqualTo("ALL");
  }

  @Test
  void portsWhenPublishedThenOnLoopbackAlone() throws IOException {
    compose()
        .at("/services")
        .forEach(
            service ->
                service
                    .at("/ports")
                    .forEach(port -> assertThat(port.asString()).startsWith("127.0.0.1:")));
  }

  @Test
  void stopWhenAskedThenThereIsTimeToDrain() throws IOException {
    long drain = seconds(SettingKey.GATEWAY_NOTICE) + seconds(SettingKey.GATEWAY_DRAIN);
    JsonNode pod = kubernetes("Deployment").at("/spec/template/spec");
    assertThat(pod.at("/terminationGracePeriodSeconds").asLong()).isGreaterThan(drain + 5);
    String grace = compose().at("/services/node1/stop_grace_period").asString();
    assertThat(Long.parseLong(grace.replace("s", ""))).isGreaterThan(drain + 5);
  }

  private static long seconds(SettingKey duration) {
    return Duration.parse(String.valueOf(duration.standard())).toSeconds();
  }

  @Test
  void manifestsWhenTheyPointAtEachOtherThenTheyMeet() throws IOException {
    JsonNode labels = kubernetes("Deployment").at("/spec/template/metadata/labels");
    for (String selector :
        List.of(
            kubernetes("Deployment").at("/spec/selector/matchLabels").toString(),
            kubernetes("Service").at("/spec/selector").toString(),
            kubernetes("NetworkPolicy").at("/spec/podSelector/matchLabels").toString(),
            kubernetes("PodDisruptionBudget").at("/spec/selector/matchLabels").toString())) {
      assertThat(selector).isEqualTo(labels.toString());
    }
    JsonNode backend = kubernetes("Ingress").at("/spec/rules/0/http/paths/0/backend/service");
    assertThat(backend.at("/name").asString())
        .isEqualTo(kubernetes("Service").at("/metadata/name").asString());
    assertThat(backend.at("/port/name").asString())
        .isEqualTo(kubernetes("Service").at("/spec/ports/0/name").asString());
    assertThat(kubernetes("Service").at("/spec/ports/0/targetPort").asString())
        .isEqualTo(
            kubernetes("Deployment")
                .at("/spec/template/spec/containers/0/ports/0/name")
                .asString());
    assertThat(
            kubernetes("Deployment")
                .at("/spec/template/spec/containers/0/envFrom/0/configMapRef/name")
                .asString())
        .isEqualTo(kubernetes("ConfigMap").at("/metadata/name").asString());
    Map<String, Long> kinds =
        documents("kubernetes/sallyport.yaml").stream()
            .collect(
                Collectors.groupingBy(
                    d -> d.at("/apiVersion").asString() + " " + d.at("/kind").asString(),
                    Collectors.counting()));
    assertThat(kinds)
        .containsOnlyKeys(
            "v1 ConfigMap",
            "apps/v1 Deployment",
            "v1 Service",
            "policy/v1 PodDisruptionBudget",
            "networking.k8s.io/v1 NetworkPolicy",
            "networking.k8s.io/v1 Ingress");
  }
}
