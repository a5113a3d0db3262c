package dev.sallyport.gateway;

import dev.sallyport.appsessions.SessionKey;
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

  /// Where a client's session lives.
  record Location(String upstreamId, String sessionId) {}

  String seal(SessionKey owner, Location location) {
    return VERSION
        + box.seal(location.upstreamId() + "\n" + location.sessionId(), owner.handleOwner());
  }

  /// What a client sent; empty when it is none of ours, or another's.
  Optional<Location> open(SessionKey owner, String header) {
    if (!header.startsWith(VERSION) || header.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    return box.open(header.substring(VERSION.length()), owner.handleOwner())
        .map(SessionHeader::location);
  }

  private static Location location(String text) {
    int end = text.indexOf('\n');
    return new Location(text.substring(0, end), text.substring(end + 1));
  }
}
