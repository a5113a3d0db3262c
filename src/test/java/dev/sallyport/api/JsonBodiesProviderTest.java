package dev.sallyport.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sallyport.problem.FieldProblem;
import dev.sallyport.problem.ProblemType;
import dev.sallyport.problem.SallyportException;
import jakarta.ws.rs.core.MediaType;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonBodiesProviderTest {
  private static final Annotation[] NONE = {};
  private final JsonBodiesProvider provider = new JsonBodiesProvider();

  record Inner(String url, Integer port) {}

  record Body(String name, List<Inner> upstreams) {}

  @SuppressWarnings({"unchecked", "rawtypes"})
  private Object read(String json) throws IOException {
    InputStream body = new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8));
    return provider.readFrom(
        (Class) Body.class, Body.class, NONE, MediaType.APPLICATION_JSON_TYPE, null, body);
  }

  private SallyportException refusal(String json) {
    SallyportException refusal = catchThrowableOfType(SallyportException.class, () -> read(json));
    assertThat(refusal).as("the refusal of %s", json).isNotNull();
    return refusal;
  }

  @Test
  void readWhenRightThenTheRecord() throws IOException {
    assertThat(read("{\"name\":\"ä\",\"upstreams\":[{\"url\":\"u\",\"port\":1}]}"))
        .isEqualTo(new Body("ä", List.of(new Inner("u", 1))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {"nam":"x"}                               | nam               | is no field here; there are name, upstreams.
          {"upstreams":[{"port":1},{"uri":"u"}]}     | upstreams[1].uri  | is no field here; there are port, url.
          {"upstreams":[{"url":"u","port":"x"}]}    | upstreams[0].port | must be a whole number.
          {"upstreams":"x"}                         | upstreams         | must be a list.
          {"upstreams":["x"]}                       | upstreams[0]      | must be an object.
          {"name":{}}                               | name              | must be text.
          {"name":1}                                | name              | must be text.
          {"name":true}                             | name              | must be text.
          {"upstreams":[{"url":1.5}]}               | upstreams[0].url  | must be text.
          {"upstreams":[{"port":1.5}]}              | upstreams[0].port | must be a whole number.
          """)
  void readWhenFieldIsWrongThenNamedByPath(String json, String field, String detail) {
    SallyportException refusal = refusal(json);
    assertThat(refusal.type()).isEqualTo(ProblemType.INVALID);
    assertThat(refusal.errors()).containsExactly(new FieldProblem(field, detail));
  }

  @Test
  void readWhenMoreStandsBehindTheValueThenSaidSo() {
    assertThat(refusal("{} {}"))
        .hasMessageContaining("There is something behind the value of the body.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "null", "[]", "\"x\"", "{\"name\":", "{} {}", "nonsense"})
  void readWhenNoSuchObjectThenInvalidJson(String json) {
    assertThat(refusal(json).type()).isEqualTo(ProblemType.INVALID_JSON);
  }

  @Test
  void readWhenNotAnObjectThenSaysSo() {
    assertThat(refusal("[]").detail()).isEqualTo("The body must be an object.");
  }

  @Test
  void readWhenBrokenThenSaysWhereAndShowsNothingOfIt() {
    assertThat(refusal("{\n \"name\": s3cr3t}").detail())
        .startsWith("The body is not JSON: line 2, column ")
        .doesNotContain("s3cr3t");
  }

  @Test
  void readWhenTooLargeThenSaysSo() {
    assertThat(refusal(" ".repeat(1_000_001)).type()).isEqualTo(ProblemType.BODY_TOO_LARGE);
  }

  @Test
  void writeThenJson() {
    var out = new ByteArrayOutputStream();
    Body body = new Body("x", List.of());
    provider.writeTo(
        body, Body.class, Body.class, NONE, MediaType.APPLICATION_JSON_TYPE, null, out);
    assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("{\"name\":\"x\",\"upstreams\":[]}");
  }

  @Test
  void isReadableWhenTextOrStreamThenLeftToOthers() {
    MediaType json = MediaType.APPLICATION_JSON_TYPE;
    assertThat(provider.isReadable(Body.class, Body.class, NONE, json)).isTrue();
    assertThat(provider.isReadable(String.class, String.class, NONE, json)).isFalse();
    assertThat(provider.isReadable(InputStream.class, InputStream.class, NONE, json)).isFalse();
    assertThat(provider.isWriteable(String.class, String.class, NONE, json)).isFalse();
  }
}
