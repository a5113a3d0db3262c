package dev.sallyport.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestHostTest {

  @ParameterizedTest
  @CsvSource({
    "https://gate.example, gate.example",
    "https://gate.example, GATE.Example:443",
    "https://gate.example:443, gate.example",
    "https://Gate.example:8443, gate.example:8443",
    "http://127.0.0.1:8080, 127.0.0.1:8080",
    "http://gate.example, gate.example:80",
    "http://[::1]:8080, [::1]:8080",
    "http://[::1]:8080, [0:0:0:0:0:0:0:1]:8080"
  })
  void acceptsWhenTheAuthorityIsServedThenTrue(String site, String host) {
    assertThat(new RequestHost(URI.create(site)).accepts(List.of(host))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "evil.example",
        "gate.example.evil.example",
        "gate.example.",
        "gate.example:80",
        "gate.example:",
        "gate.example:4430",
        "gate.example:443:443",
        "gate.example:99999",
        "user@gate.example",
        "gate.example@evil.example",
        "gate.example, evil.example",
        "gate.example/",
        "gate.example#",
        " gate.example",
        "[gate.example]",
        "https://gate.example",
        "gate_example"
      })
  void acceptsWhenItIsAnotherThenFalse(String host) {
    assertThat(new RequestHost(URI.create("https://gate.example")).accepts(List.of(host)))
        .isFalse();
  }

  @Test
  void acceptsWhenTheHeaderIsAbsentOrRepeatedThenFalse() {
    RequestHost site = new RequestHost(URI.create("https://gate.example"));
    assertThat(site.accepts(List.of())).isFalse();
    assertThat(site.accepts(List.of("gate.example", "gate.example"))).isFalse();
  }

  @Test
  void newWhenTheSiteHasNoHostThenThrows() {
    assertThatThrownBy(() -> new RequestHost(URI.create("/path")))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
