package dev.sallyport.gateway;

import dev.sallyport.crypto.DeterministicBox;
import java.util.Optional;

/// The client's `Mcp-Session-Id`: the upstream and the upstream's own id, sealed and bound to app,
/// person and client. It makes clients stick to their upstream without state on any node, and
/// nobody can use another's. Sealed deterministically: an upstream that repeats its id makes no new
/// one.
final class SessionHeader {
  static final String KEY_PURPOSE = "mcp-session-id";

  private static final String VERSION = "v1.";
  private static final int MAX_LENGTH = 4_096;

  private final DeterministicBox box;

  SessionHeader(DeterministicBox box) {
    this.box = box;
  }

  // Sessions of clients that the gateway talks to itself, until their person connected an account.
  private static final String HERE = "-";
  private static final String OPENS_URLS = "u";

  /// Where a client's session lives.
  ///
  /// @param opensUrls whether the client said at its start that it asks its person to open links
  record Location(String upstreamId, String sessionId, boolean opensUrls) {
    /// A session with the gateway itself; `start` is what it began with.
    static Location here(String start, boolean opensUrls) {
      return new Location(HERE, start, opensUrls);
    }

    boolean isHere() {
      return upstreamId.equals(HERE);
    }
  }

  /// @param owner of [LiveSession#handleOwner()]
  String seal(String owner, Location location) {
    return VERSION
        + box.seal(
            location.upstreamId()
                + "\n"
                + location.sessionId()
                + (location.opensUrls() ? "\n" + OPENS_URLS : ""),
            owner);
  }

  /// What a client sent; empty when it is none of ours, or another's.
  Optional<Location> open(String owner, String header) {
    if (!header.startsWith(VERSION) || header.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    return box.open(header.substring(VERSION.length()), owner).map(SessionHeader::location);
  }

  private static Location location(String text) {
    String[] parts = text.split("\n", 3);
    return new Location(parts[0], parts[1], parts.length > 2 && parts[2].equals(OPENS_URLS));
  }
}
