package dev.sallyport.connections.clients;

import dev.sallyport.connections.remote.AuthorizationServer;
import dev.sallyport.http.FetchRequest;
import dev.sallyport.http.FetchResult;
import dev.sallyport.http.OutboundException;
import dev.sallyport.http.OutboundHttp;
import dev.sallyport.persistence.Json;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// Reads this gateway's client id metadata document from outside, as authorization servers must be
/// able to.
@ApplicationScoped
class DocumentCheck {
  @Inject OutboundHttp http;
  @Inject ReturnAddresses addresses;

  /// Why the server would not take the document; empty where it is as it must be.
  Optional<String> fault(String clientId, AuthorizationServer server) {
    try {
      FetchResult answer =
          http.fetch(
              FetchRequest.get(URI.create(clientId))
                  .header("Accept", "application/json")
                  .withoutRedirects());
      return answer.isOk()
          ? fault(clientId, Json.MAPPER.readTree(answer.text()), addresses.of(server))
          : Optional.of(clientId + " was answered with status " + answer.status() + ".");
    } catch (OutboundException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    } catch (JacksonException e) {
      return Optional.of(clientId + " is no JSON.");
    }
  }

  private static Optional<String> fault(String clientId, JsonNode read, String redirectUri) {
    if (!clientId.equals(read.path("client_id").asString(""))) {
      return Optional.of(clientId + " names another client_id than its own URL.");
    }
    boolean leadsBack =
        read.path("redirect_uris")
            .valueStream()
            .anyMatch(uri -> redirectUri.equals(uri.asString("")));
    return leadsBack
        ? Optional.empty()
        : Optional.of(clientId + " lacks the redirect URI " + redirectUri + ".");
  }
}
