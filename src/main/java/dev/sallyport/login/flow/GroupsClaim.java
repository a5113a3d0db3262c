package dev.sallyport.login.flow;

import dev.sallyport.jose.Claims;
import dev.sallyport.persistence.Json;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Reads the groups of a person. A path such as `realm_access.roles` walks objects; a name that is
/// a URL is one key, dots and all. A string is one group, a list of strings several; everything
/// else is an error, so that no mapper's slip makes groups out of thin air.
public final class GroupsClaim {
  /// What stands at the path.
  public sealed interface Groups {
    record Found(List<String> groups) implements Groups {}

    record Absent() implements Groups {}

    record WrongType() implements Groups {}
  }

  private GroupsClaim() {}

  public static Groups read(Claims claims, String path) {
    JsonNode node = Json.MAPPER.readTree(claims.json());
    for (String key : keys(path)) {
      if (!node.isObject()) {
        return new Groups.WrongType();
      }
      JsonNode next = node.get(key);
      if (next == null) {
        return new Groups.Absent();
      }
      node = next;
    }
    List<String> groups = texts(node);
    return groups == null ? new Groups.WrongType() : new Groups.Found(groups);
  }

  private static List<String> keys(String path) {
    boolean isUrl = path.startsWith("https://") || path.startsWith("http://");
    return isUrl ? List.of(path) : List.of(path.split("\\.", -1));
  }

  private static @Nullable List<String> texts(JsonNode node) {
    if (node.isString()) {
      return List.of(node.stringValue());
    }
    if (!node.isArray()) {
      return null;
    }
    var texts = new LinkedHashSet<String>();
    for (JsonNode element : node) {
      if (!element.isString()) {
        return null;
      }
      texts.add(element.stringValue());
    }
    return new ArrayList<>(texts);
  }
}
