package dev.sallyport.gateway.mcp;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// What is known of a client when it sends a message.
///
/// @param version of the protocol
/// @param opensUrls whether it declared that it asks its person to open links (URL elicitation)
public record McpClient(String version, boolean opensUrls) {
  static final String STATELESS = "2026-07-28";
  static final String URL_ELICITATION = "2025-11-25";
  // What a client speaks that does not say.
  private static final String UNSAID = "2025-03-26";

  /// @param versionHeader what `MCP-Protocol-Version` says
  /// @param opensUrls what the client's session remembers of its start
  public static McpClient of(
      McpMessage message, @Nullable String versionHeader, boolean opensUrls) {
    String inMeta = message.meta("protocolVersion").asString("");
    if (!inMeta.isEmpty()) {
      return new McpClient(inMeta, declares(message.meta("clientCapabilities")));
    }
    if (message.is("initialize")) {
      return started(message);
    }
    return inSession(versionHeader, opensUrls);
  }

  /// @param opensUrls what the client's session remembers of its start
  public static McpClient inSession(@Nullable String versionHeader, boolean opensUrls) {
    return new McpClient(versionHeader == null ? UNSAID : versionHeader, opensUrls);
  }

  /// What a client says of itself at the start of a session.
  public static McpClient started(McpMessage initialize) {
    String version = initialize.params().path("protocolVersion").asString(UNSAID);
    return new McpClient(version, declares(initialize.params().path("capabilities")));
  }

  /// An empty `elicitation` means forms only.
  private static boolean declares(JsonNode capabilities) {
    return capabilities.path("elicitation").path("url").isObject();
  }

  /// Whether it speaks the protocol without sessions. Versions are dates.
  public boolean isStateless() {
    return version.compareTo(STATELESS) >= 0;
  }

  /// Whether it can be asked to have a link opened.
  public boolean takesLinks() {
    return opensUrls && version.compareTo(URL_ELICITATION) >= 0;
  }
}
