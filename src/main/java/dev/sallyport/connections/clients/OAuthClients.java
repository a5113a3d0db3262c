package dev.sallyport.connections.clients;

import dev.sallyport.connections.remote.AuthorizationServer;
import dev.sallyport.problem.ProblemType;
import dev.sallyport.problem.SallyportException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Says as which client this gateway comes to an authorization server: the one that an admin
/// registered, else its own description's URL, else one that it registers itself.
@ApplicationScoped
public class OAuthClients {
  // No table holds it: everything about it follows from the settings.
  private static final String DOCUMENT_ID = "cimd:";
  private static final String OWN_DOCUMENT_ID = "cimd-own:";
  private static final int MOST_AT_ONCE = 4;
  private static final Duration LONGEST = Duration.ofSeconds(40);
  private static final Duration SOON = Duration.ofSeconds(2);

  @Inject ClientStore store;
  @Inject ClientDocument document;
  @Inject ReturnAddresses addresses;
  @Inject Registrar registrar;

  private final ConcurrentMap<String, CompletableFuture<OAuthClient>> running =
      new ConcurrentHashMap<>();
  private final Semaphore places = new Semaphore(MOST_AT_ONCE);

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

  /// The redirect URI of the client that an admin registered, if there is one.
  Optional<String> preRegistered(AuthorizationServer server) {
    return store
        .find(server.issuer(), ClientKind.PRE_REGISTERED)
        .map(stored -> stored.client().redirectUri());
  }

  /// The client that something was granted to, as it is now.
  public Optional<OAuthClient> byId(String id) {
    if (id.startsWith(DOCUMENT_ID)) {
      String issuer = id.substring(DOCUMENT_ID.length());
      return document.commonId().map(clientId -> described(issuer, clientId));
    }
    if (id.startsWith(OWN_DOCUMENT_ID)) {
      String issuer = id.substring(OWN_DOCUMENT_ID.length());
      return document.ownId(issuer).map(clientId -> describedForOne(issuer, clientId));
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
    if (!server.clientIdMetadataDocument()) {
      return Optional.empty();
    }
    String issuer = server.issuer();
    return document
        .clientId(server)
        .map(
            clientId ->
                server.issInResponse()
                    ? described(issuer, clientId)
                    : describedForOne(issuer, clientId));
  }

  private OAuthClient described(String issuer, String clientId) {
    return described(DOCUMENT_ID, issuer, clientId, addresses.common());
  }

  private OAuthClient describedForOne(String issuer, String clientId) {
    return described(OWN_DOCUMENT_ID, issuer, clientId, addresses.own(issuer));
  }

  private static OAuthClient described(
      String prefix, String issuer, String clientId, String redirectUri) {
    return new OAuthClient(
        prefix + issuer, issuer, ClientKind.METADATA_DOCUMENT, clientId, null, "none", redirectUri);
  }

  private OAuthClient registered(AuthorizationServer server) {
    if (server.registrationEndpoint() == null) {
      throw new SallyportException(
          ProblemType.CONNECTION_CLIENT_MISSING, missing(server.issuer(), addresses));
    }
    return onceHere(server);
  }

  /// One registration at a time for each server, and a few in all: whoever waits for the lock that
  /// nodes share keeps a connection to the database from others.
  private OAuthClient onceHere(AuthorizationServer server) {
    CompletableFuture<OAuthClient> mine = new CompletableFuture<>();
    CompletableFuture<OAuthClient> first = running.putIfAbsent(server.issuer(), mine);
    if (first != null) {
      return joined(first);
    }
    try {
      mine.complete(withPlace(server));
    } catch (RuntimeException e) {
      mine.completeExceptionally(e);
    } finally {
      running.remove(server.issuer(), mine);
    }
    return joined(mine);
  }

  private OAuthClient withPlace(AuthorizationServer server) {
    if (!places.tryAcquire()) {
      throw SallyportException.retryAfter(ProblemType.CONNECT_SERVER_UNAVAILABLE, SOON);
    }
    try {
      return registrar.registered(server);
    } finally {
      places.release();
    }
  }

  private static OAuthClient joined(CompletableFuture<OAuthClient> registration) {
    try {
      return registration.orTimeout(LONGEST.toSeconds(), TimeUnit.SECONDS).join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof SallyportException refusal
          ? refusal
          : SallyportException.retryAfter(ProblemType.CONNECT_SERVER_UNAVAILABLE, SOON);
    }
  }

  static String missing(String issuer, ReturnAddresses addresses) {
    return "An admin must register a client at %s with the redirect URI %s, and add it here."
        .formatted(issuer, addresses.own(issuer));
  }
}
