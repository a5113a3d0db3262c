package dev.sallyport.audit.seal;

import dev.sallyport.audit.seal.Verification.Break;
import dev.sallyport.crypto.HashChain;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Walks along the chain link by link and stops at the first break.
final class ChainWalk {
  private final Instant retiredBefore;
  private long position;
  private String hash;
  private long rows;
  private @Nullable Break broken;

  ChainWalk(ChainStore.Origin origin) {
    this.position = origin.position();
    this.hash = origin.hash();
    this.retiredBefore = origin.upper();
  }

  long position() {
    return position;
  }

  long rows() {
    return rows;
  }

  String hash() {
    return hash;
  }

  @Nullable Break broken() {
    return broken;
  }

  /// Takes the next link; answers whether the chain held.
  boolean take(ChainStore.Link link) {
    String reason = fault(link);
    if (reason != null) {
      broken = new Break(link.position(), link.id(), reason);
      return false;
    }
    position = link.position();
    hash = link.hash();
    rows += link.isPresent() ? 1 : 0;
    return true;
  }

  private @Nullable String fault(ChainStore.Link link) {
    if (link.position() != position + 1) {
      return "seal-missing";
    }
    if (!link.isPresent() && !link.at().isBefore(retiredBefore)) {
      return "row-missing";
    }
    String text = link.text();
    if (link.isPresent() && (text == null || !HashChain.leaf(text).equals(link.leaf()))) {
      return "row-changed";
    }
    return HashChain.link(hash, link.leaf()).equals(link.hash()) ? null : "seal-changed";
  }
}
