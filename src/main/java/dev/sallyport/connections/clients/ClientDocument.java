package dev.sallyport.connections.clients;

import dev.sallyport.config.Settings;
import dev.sallyport.connections.remote.AuthorizationServer;
import dev.sallyport.persistence.Json;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// This gateway's descriptions of itself as a client, whose URL is its client id wherever a server
/// takes such (OAuth client id metadata document). They differ in where people come back to:
/// servers that do not name themselves in their answers get one of their own.
@ApplicationScoped
public class ClientDocument {
  /// Where this gateway serves the one that most servers share.
  public static final String PATH = "/.well-known/oauth-client.json";

  private static final String OWN = "/.well-known/oauth-client/";
  private static final Pattern OWN_PATH = Pattern.compile(OWN + "([0-9a-f]{24})\\.json");

  @Inject Settings settings;
  @Inject ReturnAddresses addresses;

  /// The client id at a server; absent where servers could not read what is behind it, as it must
  /// be https. A document that is kept elsewhere knows of no address but the common one.
  Optional<String> clientId(AuthorizationServer server) {
    return server.issInResponse() ? commonId() : ownId(server.issuer());
  }

  Optional<String> commonId() {
    String external = settings.connect().clientId();
    return external == null ? served(PATH) : Optional.of(external);
  }

  Optional<String> ownId(String issuer) {
    return isExternal() ? Optional.empty() : served(OWN + ReturnAddresses.key(issuer) + ".json");
  }

  private Optional<String> served(String path) {
    return "https".equals(settings.publicUrl().getScheme())
        ? Optional.of(settings.publicBase() + path)
        : Optional.empty();
  }

  private boolean isExternal() {
    String external = settings.connect().clientId();
    return external != null && !external.equals(settings.publicBase() + PATH);
  }

  /// The document at a path of this server; empty where none is, as they are kept elsewhere or
  /// nowhere.
  public Optional<String> at(String path) {
    Matcher own = OWN_PATH.matcher(path);
    boolean isOwn = own.matches();
    if (isExternal() || !(isOwn || path.equals(PATH))) {
      return Optional.empty();
    }
    String back = isOwn ? addresses.common() + "/" + own.group(1) : addresses.common();
    return served(path).map(id -> Json.write(document(id, back)));
  }

  private Map<String, Object> document(String clientId, String redirectUri) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("client_id", clientId);
    document.put("client_name", "Sallyport");
    document.put("client_uri", settings.publicBase());
    document.put("redirect_uris", List.of(redirectUri));
    document.put("grant_types", List.of("authorization_code", "refresh_token"));
    document.put("response_types", List.of("code"));
    document.put("token_endpoint_auth_method", "none");
    document.put("application_type", "web");
    document.put("software_id", "sallyport");
    return document;
  }
}
