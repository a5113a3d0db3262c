package dev.sallyport.connections.clients;

import dev.sallyport.connections.remote.AuthorizationServer;
import dev.sallyport.problem.ProblemType;
import dev.sallyport.problem.SallyportException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;

/// Says as which client this gateway comes to an authorization server: the one that an admin
/// registered, else its own description's URL, else one that it registers itself.
@ApplicationScoped
public class OAuthClients {
  // No table holds it: everything about it follows from the settings.
  private static final String DOCUMENT_ID = "cimd:";

  @Inject ClientStore store;
  @Inject ClientDocument document;
  @Inject Registrar registrar;

  /// The client for a new sign-in; may register one, and asks the server whether it still knows the
  /// one that was registered. Refuses where an admin must register one.
  public OAuthClient clientFor(AuthorizationServer server) {
    return given(server).orElseGet(() -> registered(server));
  }

  /// The same without asking the server, for what was granted already.
  public OAuthClient keptFor(AuthorizationServer server) {
    return given(server)
        .or(() -> store.find(server.issuer(), ClientKind.REGISTERED).map(StoredClient::client))
        .orElseGet(() -> registered(server));
  }

  private Optional<OAuthClient> given(AuthorizationServer server) {
    return store
        .find(server.issuer(), ClientKind.PRE_REGISTERED)
        .map(StoredClient::client)
        .or(() -> documentFor(server));
  }

  /// The same without registering: which kind it would be, if any.
  Optional<ClientKind> kindFor(AuthorizationServer server) {
    if (store.find(server.issuer(), ClientKind.PRE_REGISTERED).isPresent()) {
      return Optional.of(ClientKind.PRE_REGISTERED);
    }
    if (documentFor(server).isPresent()) {
      return Optional.of(ClientKind.METADATA_DOCUMENT);
    }
    return server.registrationEndpoint() == null
        ? Optional.empty()
        : Optional.of(ClientKind.REGISTERED);
  }

  /// The client that something was granted to, as it is now.
  public Optional<OAuthClient> byId(String id) {
    if (id.startsWith(DOCUMENT_ID)) {
      String issuer = id.substring(DOCUMENT_ID.length());
      return document.clientId().map(clientId -> described(issuer, clientId));
    }
    return store.find(id).map(StoredClient::client);
  }

  /// The server answered that it does not know this client. One that was registered here is
  /// dropped, and the next sign-in registers another; an admin's stays, for the admin to mend.
  public void forgotten(OAuthClient client) {
    if (client.kind() == ClientKind.REGISTERED) {
      registrar.forget(client);
    }
  }

  private Optional<OAuthClient> documentFor(AuthorizationServer server) {
    return server.clientIdMetadataDocument()
        ? document.clientId().map(clientId -> described(server.issuer(), clientId))
        : Optional.empty();
  }

  private static OAuthClient described(String issuer, String clientId) {
    return new OAuthClient(
        DOCUMENT_ID + issuer, issuer, ClientKind.METADATA_DOCUMENT, clientId, null, "none");
  }

  private OAuthClient registered(AuthorizationServer server) {
    if (server.registrationEndpoint() == null) {
      throw new SallyportException(
          ProblemType.CONNECTION_CLIENT_MISSING, missing(server.issuer(), document.redirectUri()));
    }
    return registrar.registered(server);
  }

  static String missing(String issuer, String redirectUri) {
    return "An admin must register a client at %s with the redirect URI %s, and add it here."
        .formatted(issuer, redirectUri);
  }
}
