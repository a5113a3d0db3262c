package dev.sallyport.connections.remote;

import dev.sallyport.persistence.Json;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// A protected resource about itself (RFC 9728 section 2).
///
/// @param resource absent where it does not say
record ResourceMetadata(
    @Nullable String resource, List<String> authorizationServers, List<String> scopes) {

  static Optional<ResourceMetadata> parse(String text) {
    try {
      JsonNode document = Json.MAPPER.readTree(text);
      if (!document.isObject()) {
        return Optional.empty();
      }
      JsonNode resource = document.path("resource");
      boolean isSaid = resource.isString() && !resource.asString().isBlank();
      return Optional.of(
          new ResourceMetadata(
              isSaid ? resource.asString() : null,
              texts(document.path("authorization_servers")),
              texts(document.path("scopes_supported")).stream()
                  .filter(ConnectionScopes::isScope)
                  .limit(100)
                  .toList()));
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }

  private static List<String> texts(JsonNode list) {
    return list.valueStream().filter(JsonNode::isString).map(JsonNode::asString).toList();
  }
}
