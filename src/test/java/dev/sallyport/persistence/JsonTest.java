package dev.sallyport.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;

class JsonTest {
  private static final TypeReference<Wire> WIRE = new TypeReference<>() {};

  record Wire(@Nullable String name, int number, @Nullable List<String> list) {}

  @Test
  void readWhenMembersAreAbsentThenNull() {
    assertThat(Json.read("{\"number\":1}", WIRE)).isEqualTo(new Wire(null, 1, null));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"number\":1,\"other\":2}",
        "{\"number\":1,\"number\":2}",
        "{\"number\":1} {}",
        "{\"number\":1} x",
        "{\"number\":null}",
        "{\"number\":\"1\"}",
        "{\"number\":true}",
        "{\"number\":1.5}",
        "{\"number\":1.0}",
        "{\"number\":1,\"name\":1}",
        "{\"number\":1,\"name\":1.5}",
        "{\"number\":1,\"name\":true}",
        "{\"number\":1,\"list\":[\"a\",1]}",
        "{\"number\":1,\"list\":[true]}",
        "{\"number\":1,\"list\":\"a\"}",
        "{\"number\":1,}",
        "{'number':1}",
        "{\"number\":NaN}",
        "{\"number\":1 /* x */}",
        "[]",
        ""
      })
  void readWhenNotExactlyTheRecordThenRefused(String json) {
    assertThatThrownBy(() -> Json.read(json, WIRE)).isInstanceOf(JacksonException.class);
  }

  @Test
  void readWhenValueOfAMapIsNoTextThenRefused() {
    TypeReference<Map<String, String>> texts = new TypeReference<>() {};
    assertThat(Json.read("{\"a\":\"1\"}", texts)).isEqualTo(Map.of("a", "1"));
    assertThatThrownBy(() -> Json.read("{\"a\":1}", texts)).isInstanceOf(JacksonException.class);
  }

  @Test
  void readWhenTypeIsOpenThenEveryScalarStaysWhatItIs() {
    TypeReference<Map<String, Object>> open = new TypeReference<>() {};
    assertThat(Json.read("{\"a\":1.5,\"b\":2,\"c\":true,\"d\":\"x\"}", open))
        .isEqualTo(Map.of("a", 1.5, "b", 2, "c", true, "d", "x"));
  }

  @Test
  void readWhenWrittenThenTheSame() {
    Wire wire = new Wire("n\n", 7, List.of("a", ""));
    assertThat(Json.read(Json.write(wire), WIRE)).isEqualTo(wire);
  }

  @Test
  void readWhenTooDeepThenRefused() {
    String json = "[".repeat(33) + "]".repeat(33);
    TypeReference<List<Object>> lists = new TypeReference<>() {};
    assertThatThrownBy(() -> Json.read(json, lists)).isInstanceOf(JacksonException.class);
  }

  @Test
  void readWhenDocumentIsTooLongThenRefused() {
    String json = "{\"number\":1" + " ".repeat(2_100_000) + "}";
    assertThatThrownBy(() -> Json.read(json, WIRE)).isInstanceOf(JacksonException.class);
  }

  @Test
  void writeWhenTimesThenIso() {
    record Times(Instant at, Duration length) {}
    assertThat(Json.write(new Times(Instant.EPOCH, Duration.ofMinutes(5))))
        .isEqualTo("{\"at\":\"1970-01-01T00:00:00Z\",\"length\":\"PT5M\"}");
  }

  @Test
  void writeWhenRecordThenInItsOrderAndMapsByKey() {
    Map<String, Integer> map = new LinkedHashMap<>();
    map.put("b", 1);
    map.put("a", 2);
    assertThat(Json.write(new Wire("n", 1, null)))
        .isEqualTo("{\"name\":\"n\",\"number\":1,\"list\":null}");
    assertThat(Json.write(map)).isEqualTo("{\"a\":2,\"b\":1}");
  }
}
