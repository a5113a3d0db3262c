package dev.sallyport.connections.clients;

import dev.sallyport.config.Settings;
import dev.sallyport.persistence.Json;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// This gateway's description of itself as a client, whose URL is its client id wherever a server
/// takes such (OAuth client id metadata document).
@ApplicationScoped
public class ClientDocument {
  /// Where this gateway serves it.
  public static final String PATH = "/.well-known/oauth-client.json";

  private static final String CALLBACK = "/oauth/connect/callback";

  @Inject Settings settings;

  /// Where every authorization server sends people back to.
  public String redirectUri() {
    return settings.publicBase() + CALLBACK;
  }

  /// The client id; absent where servers could not read what is behind it, as it must be https.
  public Optional<String> clientId() {
    String external = settings.connect().clientId();
    if (external != null) {
      return Optional.of(external);
    }
    return "https".equals(settings.publicUrl().getScheme())
        ? Optional.of(ownUrl())
        : Optional.empty();
  }

  /// The document as it is served here; absent where it is kept elsewhere, or nowhere.
  public Optional<String> served() {
    return clientId().filter(ownUrl()::equals).map(id -> Json.write(document(id)));
  }

  private Map<String, Object> document(String clientId) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("client_id", clientId);
    document.put("client_name", "Sallyport");
    document.put("client_uri", settings.publicBase());
    document.put("redirect_uris", List.of(redirectUri()));
    document.put("grant_types", List.of("authorization_code", "refresh_token"));
    document.put("response_types", List.of("code"));
    document.put("token_endpoint_auth_method", "none");
    document.put("application_type", "web");
    document.put("software_id", "sallyport");
    return document;
  }

  private String ownUrl() {
    return settings.publicBase() + PATH;
  }
}
