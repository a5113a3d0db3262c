package dev.sallyport.connections.remote;

import dev.sallyport.connections.remote.DiscoveryStep.Outcome;
import dev.sallyport.http.FetchResult;
import dev.sallyport.http.OutboundException;
import java.net.URI;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// One discovery, from an app's URL to its authorization server: the operator's pin, else the
/// challenge's pointer, else the well-known places.
final class Walk {
  private static final String PIN_HINT =
      " If you know who issues its tokens, set the authorization server by hand.";

  private final MetadataFetch fetch;
  private final Trail trail;
  private final ResourceUrl url;
  private final boolean isMcp;

  Walk(MetadataFetch fetch, Trail trail, ResourceUrl url, boolean isMcp) {
    this.fetch = fetch;
    this.trail = trail;
    this.url = url;
    this.isMcp = isMcp;
  }

  /// @param pointer where the server pointed to when it refused a call, if it ever did
  Found run(ConnectionSettings settings, @Nullable String pointer) {
    String pin = settings.authorizationServer();
    return pin == null ? search(settings, pointer) : pinned(pin, settings);
  }

  private Found pinned(String pin, ConnectionSettings settings) {
    trail.add(Outcome.SKIPPED, "Not needed: the authorization server is set by hand.");
    trail.add(Outcome.SKIPPED, "Not needed: the authorization server is set by hand.");
    trail.add(Outcome.SKIPPED, "Not needed: the authorization server is set by hand.");
    String resource = resource(settings, null);
    var server = new ServerSearch(fetch, trail).find(pin);
    return new Found(server, resource, List.of(), List.of(), null);
  }

  private Found search(ConnectionSettings settings, @Nullable String pointer) {
    Challenge challenge = probe();
    URI told = ResourceUrl.parse(pointer);
    Read read = metadata(told, challenge == null ? null : challenge.resourceMetadata());
    ResourceMetadata metadata = read.metadata();
    String resource = resource(settings, metadata.resource());
    if (metadata.authorizationServers().isEmpty()) {
      throw trail.fail("The server's metadata names no authorization server." + PIN_HINT);
    }
    String issuer = metadata.authorizationServers().getFirst();
    return new Found(
        new ServerSearch(fetch, trail).find(issuer),
        resource,
        challenge == null ? List.of() : challenge.scopes(),
        metadata.scopes(),
        read.place().equals(told) ? pointer : null);
  }

  private @Nullable Challenge probe() {
    try {
      FetchResult answer = fetch.probe(url.url(), isMcp);
      List<String> headers = answer.headers("WWW-Authenticate");
      boolean refuses = answer.status() == 401 || answer.status() == 403;
      trail.add(
          refuses ? Outcome.OK : Outcome.WARNING,
          "A call without a token was answered with status "
              + answer.status()
              + (refuses ? "." : ", as if no sign-in were needed."));
      return challenge(headers);
    } catch (OutboundException e) {
      trail.add(Outcome.WARNING, String.valueOf(e.getMessage()));
      trail.add(Outcome.SKIPPED, "There was no answer that could hold one.");
      return null;
    }
  }

  private @Nullable Challenge challenge(List<String> headers) {
    Optional<Challenge> challenge = Challenge.parse(headers);
    String raw = String.join("\n", headers);
    if (challenge.isEmpty()) {
      trail.add(Outcome.WARNING, "No bearer challenge: the well-known places must do.", raw);
    } else if (challenge.get().resourceMetadata() == null) {
      trail.add(Outcome.OK, "A bearer challenge, without a pointer to metadata.", raw);
    } else {
      String pointer = challenge.get().resourceMetadata();
      trail.add(Outcome.OK, "A bearer challenge that points to " + pointer + ".", raw);
    }
    return challenge.orElse(null);
  }

  /// What one call was told leads all people to where they sign in: it goes first only at the
  /// app's own origin, and last elsewhere, because one of its servers, or whoever chooses a path
  /// there, may have said it.
  private Set<URI> places(@Nullable URI told, @Nullable String probed) {
    URI first = told != null && url.hasOriginOf(told) ? told : null;
    return Stream.of(
            Stream.of(first, ResourceUrl.parse(probed)), url.metadata().stream(), Stream.of(told))
        .flatMap(places -> places)
        .filter(Objects::nonNull)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private record Read(ResourceMetadata metadata, URI place) {}

  private Read metadata(@Nullable URI told, @Nullable String probed) {
    Set<URI> places = places(told, probed);
    String fault =
        probed != null && ResourceUrl.parse(probed) == null
            ? probed + " is no URL of the web."
            : null;
    boolean isAway = false;
    boolean isWrong = fault != null;
    for (URI place : places) {
      switch (fetch.document(place)) {
        case MetadataFetch.Got.Document(_, String text) -> {
          Optional<ResourceMetadata> read = ResourceMetadata.parse(text);
          if (read.isPresent()) {
            trail.add(Outcome.OK, "Found at " + place + ".", text);
            return new Read(read.get(), place);
          }
          isWrong = true;
          fault = Objects.requireNonNullElse(fault, place + " is no JSON object.");
        }
        case MetadataFetch.Got.Nothing(String sentence, _, var why) -> {
          isAway |= why == MetadataFetch.Why.AWAY;
          isWrong |= why == MetadataFetch.Why.REFUSED;
          fault = Objects.requireNonNullElse(fault, sentence);
        }
      }
    }
    String detail = "The server does not say who issues its tokens: " + fault + PIN_HINT;
    throw trail.fail(detail, "", isAway && !isWrong);
  }

  private String resource(ConnectionSettings settings, @Nullable String said) {
    String set = settings.resource();
    if (set != null) {
      // Else whoever edits one app could have tokens for another one sent to a server of theirs.
      if (!url.isWithin(set)) {
        throw trail.fail(
            "The resource set by hand is %s, and the app is %s: a token for one is none for the other."
                .formatted(set, url.canonical()));
      }
      trail.add(Outcome.OK, set + ", as set by hand.");
      return set;
    }
    if (said == null) {
      trail.add(Outcome.OK, url.canonical() + ", the app's own URL.");
      return url.canonical();
    }
    // RFC 9728 section 3.3: else a server could have tokens for another one sent to itself.
    if (!url.isWithin(said)) {
      throw trail.fail(
          "The metadata is of %s, and the app is %s: a token for one is none for the other."
              .formatted(said, url.canonical()));
    }
    trail.add(Outcome.OK, said + ", which the app's URL lies within.");
    return said;
  }
}
