package dev.sallyport.apps;

import java.util.Locale;
import java.util.Optional;

/// What an app speaks; the scheme of its URI says it.
public enum AppKind {
  MCP,
  HTTP;

  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<AppKind> ofUri(String uri) {
    if (uri.startsWith("mcp+http://") || uri.startsWith("mcp+https://")) {
      return Optional.of(MCP);
    }
    boolean isHttp = uri.startsWith("http://") || uri.startsWith("https://");
    return isHttp ? Optional.of(HTTP) : Optional.empty();
  }
}
