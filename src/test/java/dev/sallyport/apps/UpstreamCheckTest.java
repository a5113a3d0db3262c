package dev.sallyport.apps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sallyport.problem.FieldProblem;
import dev.sallyport.problem.SallyportException;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class UpstreamCheckTest {
  private static void check(List<String> hosts, List<UpstreamInput> upstreams) {
    AppCheck.check(
        new AppInput(
            "wiki",
            null,
            "mcp+http://Wiki.example/mcp",
            null,
            upstreams,
            null,
            hosts,
            null,
            null,
            null),
        URI.create("https://gw.example"));
  }

  private static UpstreamInput at(String name, String url) {
    return new UpstreamInput(name, url);
  }

  private static void assertRight(List<String> hosts, UpstreamInput... upstreams) {
    assertThatCode(() -> check(hosts, List.of(upstreams))).doesNotThrowAnyException();
  }

  private static List<FieldProblem> faults(List<String> hosts, List<UpstreamInput> upstreams) {
    SallyportException refusal =
        catchThrowableOfType(SallyportException.class, () -> check(hosts, upstreams));
    assertThat(refusal).as("the refusal").isNotNull();
    return refusal.errors();
  }

  private static void assertWrong(String field, UpstreamInput... upstreams) {
    assertThat(faults(List.of(), List.of(upstreams)))
        .extracting(FieldProblem::field)
        .containsExactly(field);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-a", "a-"})
  void checkWhenNameHasAHyphenAtItsEndThenToldSo(String name) {
    assertThat(faults(List.of(), List.of(at(name, "http://wiki.example/mcp"))))
        .extracting(FieldProblem::detail)
        .singleElement()
        .asString()
        .endsWith("and begin and end with a letter or digit.");
  }

  @Test
  void checkWhenOnTheAppsHostThenRightOnAnyPort() {
    assertRight(List.of(), at("a", "http://wiki.example:1/mcp"), at("b", "https://WIKI.example"));
  }

  @Test
  void checkWhenOnAListedHostThenRight() {
    assertRight(
        List.of("10.0.0.7", "[::1]"), at("a", "http://10.0.0.7/"), at("b", "http://[::1]:9"));
    assertRight(List.of("API.example"), at("a", "http://api.Example"));
  }

  @Test
  void checkWhenOnAnotherHostThenRefusedWithTheHostsAllowed() {
    assertThat(faults(List.of("other.example"), List.of(at("a", "http://169.254.169.254/"))))
        .singleElement()
        .satisfies(
            fault -> {
              assertThat(fault.field()).isEqualTo("upstreams[0].url");
              assertThat(fault.detail()).contains("upstreamHosts (other.example, wiki.example)");
            });
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "",
        "mcp+http://wiki.example",
        "ftp://wiki.example",
        "http://u@wiki.example",
        "http://wiki.example?x",
        "http://wiki.example#x",
        "http://wiki.example:65536",
        "http://wiki.example:0",
        "http://wiki .example"
      })
  void checkWhenUrlIsWrongThenNamed(String url) {
    assertWrong("upstreams[0].url", at("a", url));
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", "A", "a b"})
  void checkWhenNameIsWrongThenNamed(String name) {
    assertWrong(
        "upstreams[1].name", at("a", "http://wiki.example"), at(name, "http://wiki.example"));
  }

  @Test
  void checkWhenNameStandsTwiceThenNamed() {
    assertWrong(
        "upstreams[1].name", at("a", "http://wiki.example"), at("a", "http://wiki.example"));
  }

  @Test
  void checkWhenTooManyThenNamed() {
    List<UpstreamInput> many =
        IntStream.range(0, 101).mapToObj(i -> at("u" + i, "http://wiki.example")).toList();
    assertThat(faults(List.of(), many))
        .extracting(FieldProblem::field)
        .containsExactly("upstreams");
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", "http://x", "a\0b"})
  void checkWhenUpstreamHostIsNoHostThenNamed(String host) {
    assertThat(faults(Arrays.asList("ok.example", host), List.of()))
        .extracting(FieldProblem::field)
        .containsExactly("upstreamHosts");
  }

  @Test
  void checkWhenUpstreamIsNullThenNamed() {
    assertThat(faults(List.of(), Arrays.asList(at("a", "http://wiki.example"), null)))
        .extracting(FieldProblem::field)
        .containsExactly("upstreams[1]");
  }
}
