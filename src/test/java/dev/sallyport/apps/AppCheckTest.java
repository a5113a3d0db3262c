package dev.sallyport.apps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sallyport.problem.FieldProblem;
import dev.sallyport.problem.SallyportException;
import java.net.URI;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class AppCheckTest {
  private String name = "wiki";
  private String description = "";
  private String uri = "mcp+https://wiki.example/mcp";
  private Map<String, String> labels = Map.of("env", "test");
  private List<UpstreamInput> upstreams = List.of();
  private List<String> origins = List.of();
  private List<String> hosts = List.of();
  private String publicAddress;
  private Traffic traffic;

  private static final URI CONSOLE = URI.create("https://gw.example:8443");

  private void check() {
    AppCheck.check(
        new AppInput(
            name,
            description,
            uri,
            labels,
            upstreams,
            origins,
            hosts,
            true,
            publicAddress,
            traffic),
        CONSOLE);
  }

  private void assertRight() {
    assertThatCode(this::check).doesNotThrowAnyException();
  }

  private void assertWrong(String... fields) {
    SallyportException refusal = catchThrowableOfType(SallyportException.class, this::check);
    assertThat(refusal).as("the refusal").isNotNull();
    assertThat(refusal.errors()).extracting(FieldProblem::field).containsExactly(fields);
  }

  @Test
  void checkWhenOnlyNameAndUriThenRight() {
    assertThatCode(
            () ->
                AppCheck.check(
                    new AppInput("a", null, "http://h", null, null, null, null, null, null, null),
                    CONSOLE))
        .doesNotThrowAnyException();
  }

  @Test
  void checkWhenSeveralAreWrongThenAllAreNamed() {
    name = "No";
    labels = Map.of("a b", "x");
    origins = List.of("nowhere");
    uri = "gopher://x";
    description = "x".repeat(1_001);
    assertWrong("name", "labels.a b", "allowedOrigins[0]", "uri", "description");
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", "-a", "a-", "A", "a_b", "a b", "a.b", "ä"})
  void checkWhenNameIsWrongThenNamed(String wrong) {
    name = wrong;
    assertWrong("name");
  }

  @Test
  void checkWhenNameIsAsLongAsADnsLabelThenRight() {
    name = "a".repeat(63);
    assertRight();
    name = "a".repeat(64);
    assertWrong("name");
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "",
        "wiki.example",
        "ftp://wiki.example",
        "mcp://wiki.example",
        "mcp+ftp://wiki.example",
        "http://",
        "http:///path",
        "http://u:p@wiki.example",
        "http://wiki.example/?q=1",
        "mcp+http://wiki.example/#f",
        "http://wiki.example:65536",
        "http://wiki.example:0",
        "http://wiki.example/a\0b",
        "http://wi ki.example"
      })
  void checkWhenUriIsWrongThenNamed(String wrong) {
    uri = wrong;
    assertWrong("uri");
  }

  @Test
  void checkWhenLabelKeyOrValueIsWrongThenNamed() {
    labels = Map.of("/x", "v");
    assertWrong("labels./x");
    labels = Map.of("k".repeat(128), "v");
    assertWrong("labels." + "k".repeat(128));
    labels = Map.of("k", "v".repeat(257));
    assertWrong("labels.k");
    labels = Map.of("k", "a\0b");
    assertWrong("labels.k");
    labels = new HashMap<>(Collections.singletonMap("k", null));
    assertWrong("labels.k");
  }

  @Test
  void checkWhenTooManyLabelsThenNamed() {
    labels = IntStream.range(0, 64).boxed().collect(Collectors.toMap(i -> "k" + i, _ -> ""));
    assertRight();
    labels = IntStream.range(0, 65).boxed().collect(Collectors.toMap(i -> "k" + i, _ -> ""));
    assertWrong("labels");
  }

  @Test
  void checkWhenInternalLabelIsSetThenOnlyTheTrueOnePasses() {
    labels = Map.of("sallyport.internal/app-kind", "mcp");
    assertRight();
    labels = Map.of("sallyport.internal/app-kind", "http");
    assertWrong("labels.sallyport.internal/app-kind");
    labels = Map.of("sallyport.internal/other", "x");
    assertWrong("labels.sallyport.internal/other");
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "",
        "null",
        "https://a.example/",
        "https://a.example:99999",
        "a.example",
        "https://*",
        "file://x",
        "https://a b"
      })
  void checkWhenOriginIsWrongThenNamedByPlace(String wrong) {
    origins = java.util.Arrays.asList("https://ok.example:8443", "http://[::1]", wrong);
    assertWrong("allowedOrigins[2]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "wiki.apps.example",
        "http://wiki.apps.example",
        "https://wiki.example/path",
        "https://wiki.example?q",
        "https://wiki.example#f",
        "https://u@wiki.example",
        "https://wiki.example:0",
        "https://wiki.example:65536",
        "https://",
        "https://a b",
        "ftp://wiki.example"
      })
  void checkWhenPublicAddressIsNoOriginThenNamed(String wrong) {
    uri = "https://wiki.example/";
    publicAddress = wrong;
    assertWrong("publicAddress");
  }

  @Test
  void checkWhenPublicAddressIsTooLongThenNamed() {
    uri = "https://wiki.example/";
    publicAddress = "https://" + "a.".repeat(150) + "example";
    assertWrong("publicAddress");
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://GW.example:8443", "https://gw.example", "https://gw.example:1"})
  void checkWhenPublicAddressIsOnTheConsolesHostThenNamed(String wrong) {
    uri = "https://wiki.example/";
    publicAddress = wrong;
    assertWrong("publicAddress");
  }

  @Test
  void checkWhenAnMcpServerHasAPublicAddressThenNamed() {
    publicAddress = "https://wiki.apps.example";
    assertWrong("publicAddress");
  }

  @Test
  void checkWhenDescriptionHoldsControlCharactersThenOnlyLineBreaksAndTabsPass() {
    description = "one\r\n\ttwo";
    assertRight();
    description = "x\0y";
    assertWrong("description");
    description = "x\u009by";
    assertWrong("description");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://wiki.apps.example",
        "https://Wiki.apps.example:9443/",
        "http://wiki.localhost:8080",
        "http://127.0.0.2:8080"
      })
  void checkWhenPublicAddressIsAnOriginThenRight(String right) {
    uri = "https://wiki.example/";
    publicAddress = right;
    assertRight();
  }
}
