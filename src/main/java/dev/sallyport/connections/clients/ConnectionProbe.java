package dev.sallyport.connections.clients;

import dev.sallyport.apps.AppDetails;
import dev.sallyport.connections.remote.AuthorizationServer;
import dev.sallyport.connections.remote.ConnectionSettings;
import dev.sallyport.connections.remote.DiscoveryStep;
import dev.sallyport.connections.remote.DiscoveryStep.Outcome;
import dev.sallyport.connections.remote.RemoteDiscovery;
import dev.sallyport.connections.remote.RemoteResource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Walks the way of a connection up to the sign-in page, and says at each step what it found.
/// Nothing is registered or kept.
@ApplicationScoped
public class ConnectionProbe {
  private static final String CLIENT = "client";

  @Inject RemoteDiscovery discovery;
  @Inject OAuthClients clients;
  @Inject ClientDocument document;
  @Inject ReturnAddresses addresses;
  @Inject DocumentCheck check;

  /// Tries it now, with these settings.
  public DiscoveryReport of(AppDetails app, ConnectionSettings settings) {
    RemoteDiscovery.Walked walked = discovery.report(app, settings);
    RemoteResource resource = walked.resource();
    List<DiscoveryStep> steps = new ArrayList<>(walked.steps());
    Optional<ClientKind> kind = Optional.empty();
    if (resource == null) {
      steps.add(DiscoveryStep.of(CLIENT, Outcome.SKIPPED, "Not tried: an earlier step failed."));
    } else {
      kind = clients.kindFor(resource.server());
      steps.add(client(resource.server(), kind.orElse(null)));
    }
    return new DiscoveryReport(
        worst(steps),
        resource == null ? null : resource.server().issuer(),
        resource == null ? null : resource.resource(),
        resource == null ? List.of() : resource.scopes(),
        kind.map(ClientKind::code).orElse(null),
        resource == null ? null : redirectUri(resource.server(), kind.orElse(null)),
        List.copyOf(steps));
  }

  private DiscoveryStep client(AuthorizationServer server, @Nullable ClientKind kind) {
    if (kind == null) {
      return step(Outcome.FAILED, OAuthClients.missing(server.issuer(), addresses));
    }
    return switch (kind) {
      case PRE_REGISTERED ->
          step(Outcome.OK, "The client that an admin added for " + server.issuer() + ".");
      case REGISTERED ->
          step(
              Outcome.OK,
              "Sallyport registers itself at "
                  + server.registrationEndpoint()
                  + " with the first sign-in.");
      case METADATA_DOCUMENT -> described(server);
    };
  }

  /// What the client that is used, or must be added, is registered with.
  private String redirectUri(AuthorizationServer server, @Nullable ClientKind kind) {
    return kind == ClientKind.METADATA_DOCUMENT || kind == ClientKind.REGISTERED
        ? addresses.of(server)
        : clients.preRegistered(server).orElseGet(() -> addresses.own(server.issuer()));
  }

  private DiscoveryStep described(AuthorizationServer server) {
    String clientId = document.clientId(server).orElseThrow();
    return check
        .fault(clientId, server)
        .map(
            fault ->
                step(
                    Outcome.WARNING,
                    "The client is "
                        + clientId
                        + ", which the authorization server may be unable to read: "
                        + fault))
        .orElseGet(() -> step(Outcome.OK, "The client describes itself at " + clientId + "."));
  }

  private static DiscoveryStep step(Outcome outcome, String detail) {
    return DiscoveryStep.of(CLIENT, outcome, detail);
  }

  private static String worst(List<DiscoveryStep> steps) {
    return Stream.of(Outcome.FAILED.code(), Outcome.WARNING.code())
        .filter(code -> steps.stream().anyMatch(step -> step.outcome().equals(code)))
        .findFirst()
        .orElse(Outcome.OK.code());
  }
}
