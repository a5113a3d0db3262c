package dev.sallyport.login.ui;

import dev.sallyport.login.GroupMappingDetails;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Mappings in words.
final class MappingTexts {
  private MappingTexts() {}

  /// Such as `env = test or stage`.
  static String scope(@Nullable Map<String, List<String>> scope) {
    if (scope == null) {
      return "everywhere";
    }
    return new TreeMap<>(scope)
        .entrySet().stream()
            .map(label -> label.getKey() + " = " + String.join(" or ", label.getValue()))
            .collect(Collectors.joining(" and "));
  }

  static String role(GroupMappingDetails mapping) {
    return mapping.scope() == null
        ? mapping.roleId()
        : mapping.roleId() + " where " + scope(mapping.scope());
  }
}
