package dev.sallyport.jose;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The payload of a token, read by type: a claim of another type counts as absent. A name with dots
/// is looked up as it stands (`https://corp.example/groups`), then as a path
/// (`realm_access.roles`). The printed form holds the names only.
public final class Claims {
  private static final StrictJson STORED = new StrictJson(4096, 256);
  private static final long YEAR_10000 = 253_402_300_800L;

  private final ObjectNode claims;

  Claims(ObjectNode claims) {
    this.claims = claims;
  }

  /// Reads what [#json] wrote.
  public static Claims ofJson(String json) {
    ObjectNode object = STORED.object(json);
    if (object == null) {
      throw new IllegalArgumentException("not a JSON object of claims");
    }
    return new Claims(object);
  }

  public boolean present(String name) {
    JsonNode node = find(claims, name);
    return node != null && !node.isNull();
  }

  public @Nullable String string(String name) {
    JsonNode node = find(claims, name);
    return node != null && node.isString() ? node.stringValue() : null;
  }

  /// A string, or the strings of an array; empty when it is neither.
  public List<String> stringList(String name) {
    JsonNode node = find(claims, name);
    if (node == null) {
      return List.of();
    }
    if (node.isString()) {
      return List.of(node.stringValue());
    }
    List<String> strings = new ArrayList<>();
    if (node.isArray()) {
      for (JsonNode element : node) {
        if (element.isString()) {
          strings.add(element.stringValue());
        }
      }
    }
    return List.copyOf(strings);
  }

  /// A NumericDate (RFC 7519 section 2): a number, with or without fraction, up to the year 9999.
  public @Nullable Instant instant(String name) {
    JsonNode node = find(claims, name);
    if (node == null || !node.isNumber()) {
      return null;
    }
    double seconds = node.doubleValue();
    if (!(seconds >= 0 && seconds < YEAR_10000)) {
      return null;
    }
    return node.isIntegralNumber()
        ? Instant.ofEpochSecond(node.longValue())
        : Instant.ofEpochMilli((long) Math.floor(seconds * 1000));
  }

  /// Whether the claim is the boolean `false`; some providers write it as a string.
  public boolean isFalse(String name) {
    JsonNode node = find(claims, name);
    return node != null
        && (node.isBoolean() ? !node.booleanValue() : "false".equalsIgnoreCase(string(name)));
  }

  /// The members of an object claim; null when the claim is no object.
  public @Nullable Claims object(String name) {
    return find(claims, name) instanceof ObjectNode object ? new Claims(object) : null;
  }

  public Set<String> names() {
    return new TreeSet<>(claims.propertyNames());
  }

  /// The claims as JSON text, for the assertion and for an admin's eyes.
  public String json() {
    return claims.toString();
  }

  private static @Nullable JsonNode find(JsonNode object, String name) {
    JsonNode literal = object.get(name);
    if (literal != null) {
      return literal;
    }
    for (int dot = name.indexOf('.'); dot > 0; dot = name.indexOf('.', dot + 1)) {
      JsonNode child = object.get(name.substring(0, dot));
      JsonNode found = child == null ? null : find(child, name.substring(dot + 1));
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Claims that && claims.equals(that.claims);
  }

  @Override
  public int hashCode() {
    return claims.hashCode();
  }

  @Override
  public String toString() {
    return "claims " + names();
  }
}
