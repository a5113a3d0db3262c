package dev.sallyport.connections.ui;

import com.vaadin.flow.component.select.Select;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Kinds of tokens to choose from in an exchange (RFC 8693 section 3).
final class TokenTypes {
  private static final String PREFIX = "urn:ietf:params:oauth:token-type:";
  private static final String STANDARD = "";
  private static final List<String> KNOWN =
      List.of(STANDARD, PREFIX + "access_token", PREFIX + "id_token", PREFIX + "jwt");

  private TokenTypes() {}

  static void offer(Select<String> field, String label) {
    field.setLabel(label);
    field.setItems(KNOWN);
    field.setItemLabelGenerator(TokenTypes::label);
    field.setWidthFull();
  }

  /// Also one that was set by REST and that nobody offers here.
  static void set(Select<String> field, @Nullable String type) {
    Set<String> items = new LinkedHashSet<>(KNOWN);
    if (type != null) {
      items.add(type);
    }
    field.setItems(items);
    field.setValue(type == null ? STANDARD : type);
  }

  static @Nullable String get(Select<String> field) {
    String value = field.getValue();
    return value == null || value.isEmpty() ? null : value;
  }

  private static String label(String type) {
    return switch (type) {
      case STANDARD -> "An access token, as usual";
      case PREFIX + "access_token" -> "An access token";
      case PREFIX + "id_token" -> "An ID token";
      case PREFIX + "jwt" -> "A JWT";
      default -> type;
    };
  }
}
