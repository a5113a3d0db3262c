package dev.sallyport.persistence;

import dev.sallyport.problem.SallyportException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;

/// Where a keyset page begins: the sort values and the id of the row before it. Opaque to callers.
public record Cursor(List<String> values) {
  private static final TypeReference<List<String>> TYPE = new TypeReference<>() {};

  public static Cursor of(String... values) {
    return new Cursor(List.of(values));
  }

  public String encode() {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(Json.write(values).getBytes(StandardCharsets.UTF_8));
  }

  /// The answer to a cursor that is not of this list.
  public static SallyportException refusal() {
    return SallyportException.invalid("after", "must be the `next` of the page before.");
  }

  // PostgreSQL takes no NUL.
  private static boolean isText(@Nullable String value) {
    return value != null && value.indexOf('\0') < 0;
  }

  /// Reads a cursor of this many values; absent text means the first page.
  public static @Nullable Cursor decode(@Nullable String text, int size) {
    if (text == null || text.isEmpty()) {
      return null;
    }
    try {
      String json = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
      List<String> values = Json.read(json, TYPE);
      if (values != null && values.size() == size && values.stream().allMatch(Cursor::isText)) {
        return new Cursor(values);
      }
    } catch (IllegalArgumentException | JacksonException e) {
      // the same answer as for a cursor of another list
    }
    throw refusal();
  }
}
