package dev.sallyport.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AllowedOriginsTest {
  private final AllowedOrigins origins =
      new AllowedOrigins(List.of("https://a.example", "http://localhost:6274"));

  @ParameterizedTest
  @ValueSource(strings = {"https://a.example", "https://A.example:443", "http://localhost:6274"})
  void acceptWhenTheOriginIsAllowedThenTrue(String origin) {
    assertThat(origins.accept(List.of(origin))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "*",
        "http://a.example",
        "https://a.example:8443",
        "https://b.a.example",
        "https://a.example.evil.example",
        "https://a.example/",
        "https://user@a.example",
        "http://localhost",
        "file://a.example",
        "a.example",
        "https://",
        "https://a.example null"
      })
  void acceptWhenItIsAnotherThenFalse(String origin) {
    assertThat(origins.accept(List.of(origin))).isFalse();
  }

  @Test
  void acceptWhenTheHeaderIsRepeatedThenFalse() {
    assertThat(origins.accept(List.of("https://a.example", "https://a.example"))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "*", "a.example", "https://a.example/path"})
  void newWhenAnEntryIsNoOriginThenThrows(String entry) {
    assertThatThrownBy(() -> new AllowedOrigins(List.of(entry))).hasMessageContaining(entry);
  }
}
