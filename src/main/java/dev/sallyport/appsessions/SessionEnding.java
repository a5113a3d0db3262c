package dev.sallyport.appsessions;

import dev.sallyport.appauth.verification.OwnIssuers;
import dev.sallyport.apps.AppDeleted;
import dev.sallyport.authz.NoPermissionNeeded;
import dev.sallyport.cluster.Change;
import dev.sallyport.cluster.Changes;
import dev.sallyport.config.Settings;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// The one way in which sessions end before their time. Whoever ends takes the locks first.
@Stateless
@NoPermissionNeeded("Services end sessions after they have checked who asks.")
public class SessionEnding {
  @Inject Clock clock;
  @Inject Settings settings;
  @Inject SessionStore sessions;
  @Inject BlockStore blocks;
  @Inject Changes changes;

  /// Ends those of the sessions that are live, blocks their return, and ends what was opened
  /// through them. Answers what ended, the given ones first.
  public List<SessionDetails> end(List<SessionDetails> given, EndReason reason, String by) {
    Instant now = clock.instant();
    String own = OwnIssuers.under(settings.publicBase()).assertions();
    List<SessionDetails> ended = new ArrayList<>();
    List<SessionDetails> next = given;
    while (!next.isEmpty()) {
      List<SessionDetails> live = endThese(next, now, reason, by);
      ended.addAll(live);
      next = sessions.openedThrough(live.stream().map(SessionDetails::id).toList(), own);
    }
    changes.tell(Change.Kind.SESSION_ENDED, ended.stream().map(SessionDetails::id).toList());
    return ended;
  }

  /// Ends those of these that are live, without a block: their people may open others.
  public int endAll(List<String> ids, EndReason reason, String by) {
    sessions.lockAll();
    List<SessionDetails> given = ids.stream().flatMap(id -> sessions.byId(id).stream()).toList();
    return end(given, reason, by).size();
  }

  /// Ends what was opened through sessions that ended by themselves.
  public void endOpenedThrough(List<String> ids) {
    String own = OwnIssuers.under(settings.publicBase()).assertions();
    end(sessions.openedThrough(ids, own), EndReason.EXPIRED, "system");
  }

  private List<SessionDetails> endThese(
      List<SessionDetails> given, Instant now, EndReason reason, String by) {
    if (reason == EndReason.REVOKED) {
      // Also where nothing is live any more: the token must not open the next one.
      blocks.blockAll(given, by);
    }
    Set<String> ended = sessions.endAll(given, now, reason, by);
    return given.stream().filter(session -> ended.contains(session.id())).toList();
  }

  /// An app that is gone has no sessions.
  public void appDeleted(@Observes AppDeleted event) {
    sessions.lockAll();
    end(sessions.liveOfApp(event.appId()), EndReason.APP_DELETED, "system");
  }
}
