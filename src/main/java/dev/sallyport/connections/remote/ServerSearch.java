package dev.sallyport.connections.remote;

import dev.sallyport.connections.remote.DiscoveryStep.Outcome;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Looks for the metadata of one issuer, and checks that it is the issuer's.
final class ServerSearch {
  private final MetadataFetch fetch;
  private final Trail trail;
  private @Nullable String fault;
  private @Nullable String raw;
  private boolean isAway;
  private boolean isWrong;

  ServerSearch(MetadataFetch fetch, Trail trail) {
    this.fetch = fetch;
    this.trail = trail;
  }

  AuthorizationServer find(String issuer) {
    URI url = ResourceUrl.parse(issuer);
    if (url == null || url.getRawQuery() != null) {
      throw trail.fail(issuer + " is no issuer: it must be a URL without query and fragment.");
    }
    ServerMetadata metadata = search(issuer, url).orElseThrow(() -> failed());
    if (!metadata.offersS256()) {
      // MCP authorization: a server that does not advertise S256 must not be used.
      throw trail.fail(
          issuer + " does not offer PKCE with S256 (code_challenge_methods_supported).");
    }
    trail.add(Outcome.OK, "S256 is offered, so that a stolen code is worth nothing.");
    return metadata.server();
  }

  private DiscoveryException failed() {
    return trail.fail(String.valueOf(fault), raw == null ? "" : raw, isAway && !isWrong);
  }

  private Optional<ServerMetadata> search(String issuer, URI url) {
    for (URI place : ServerMetadata.urls(url)) {
      switch (fetch.document(place)) {
        case MetadataFetch.Got.Document(_, String text) -> {
          Optional<ServerMetadata> read = check(text, place, issuer);
          if (read.isPresent()) {
            return read;
          }
        }
        case MetadataFetch.Got.Nothing(String sentence, boolean isFinal, var why) -> {
          keep(sentence, null);
          isAway |= why == MetadataFetch.Why.AWAY;
          isWrong |= why == MetadataFetch.Why.REFUSED;
          if (isFinal) {
            return Optional.empty();
          }
        }
      }
    }
    return Optional.empty();
  }

  private Optional<ServerMetadata> check(String text, URI place, String issuer) {
    Optional<ServerMetadata> read = ServerMetadata.parse(text);
    if (read.isEmpty()) {
      keep(
          place + " is no metadata of an authorization server, or names no https endpoints.", text);
      return Optional.empty();
    }
    ServerMetadata metadata = read.get();
    // RFC 8414 section 3.3: else anybody could pass for another one.
    if (!metadata.isOf(issuer)) {
      keep(
          place + " is of the issuer " + metadata.server().issuer() + ", not of " + issuer + ".",
          text);
      return Optional.empty();
    }
    trail.add(Outcome.OK, found(metadata.server(), place), text);
    return read;
  }

  private static String found(AuthorizationServer server, URI place) {
    return "%s names itself, at %s. People sign in at %s."
        .formatted(server.issuer(), place, server.authorizationEndpoint());
  }

  /// A document that is wrong says more than one that is missing.
  private void keep(String sentence, @Nullable String text) {
    isWrong |= text != null;
    if (fault == null || (raw == null && text != null)) {
      fault = sentence;
      raw = text;
    }
  }
}
