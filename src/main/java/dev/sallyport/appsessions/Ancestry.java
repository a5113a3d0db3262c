package dev.sallyport.appsessions;

import dev.sallyport.appauth.verification.OwnIssuers;
import dev.sallyport.config.Settings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The sessions that an assertion of ours came through, up to the person's own. What is opened with
/// it hangs on each of them.
@ApplicationScoped
class Ancestry {
  @Inject Settings settings;
  @Inject SessionStore sessions;

  /// Locks them, the person's own first, and answers their ids: whoever ends one of them either
  /// waits for this opening and ends it too, or is seen by [#areLive].
  List<String> lock(SessionKey key) {
    String own = OwnIssuers.under(settings.publicBase()).assertions();
    if (!key.issuer().equals(own) || key.sid() == null) {
      return List.of();
    }
    Optional<SessionDetails> parent = sessions.byId(key.sid());
    List<String> ids = new ArrayList<>();
    if (parent.isPresent()) {
      ids.addAll(lock(parent.get().key()));
      sessions.lockForOpening(parent.get().key());
    }
    ids.add(key.sid());
    return ids;
  }

  /// Whether all of them go on. To be asked behind the locks.
  boolean areLive(List<String> ids, Instant now) {
    return ids.stream()
        .allMatch(
            id -> sessions.byId(id).filter(s -> s.endedAt() == null && !s.isOver(now)).isPresent());
  }
}
