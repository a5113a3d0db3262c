package dev.sallyport.apikeys;

import org.jspecify.annotations.Nullable;

/// Which keys of the list are wanted: whose name holds a text.
public record ApiKeyFilter(@Nullable String text) {
  public static final ApiKeyFilter ALL = new ApiKeyFilter(null);

  /// For `like`, with the pattern's own characters escaped.
  String pattern() {
    String wanted = text == null ? "" : text;
    return "%" + wanted.replaceAll("([\\\\%_])", "\\\\$1") + "%";
  }
}
