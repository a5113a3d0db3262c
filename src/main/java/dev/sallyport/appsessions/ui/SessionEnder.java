package dev.sallyport.appsessions.ui;

import dev.sallyport.appsessions.AppSessionService;
import dev.sallyport.appsessions.SessionDetails;
import dev.sallyport.appsessions.SessionFilter;
import dev.sallyport.authz.CallContext;
import dev.sallyport.authz.Permission;
import dev.sallyport.console.Actions;
import dev.sallyport.console.Confirm;
import dev.sallyport.console.Count;
import dev.sallyport.console.Fields;
import dev.sallyport.console.Notices;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/// Asks, ends, and says what happened.
record SessionEnder(AppSessionService sessions, Actions actions, Clock clock) {

  static boolean mayEndOne() {
    return CallContext.current().actor().may(Permission.APP_SESSION_REVOKE);
  }

  static boolean mayEndMany() {
    return CallContext.current().actor().may(Permission.APP_SESSION_REVOKE_MANY);
  }

  void one(SessionDetails session, Runnable after) {
    Confirm.ask(EndTexts.one(session), () -> end(List.of(session), after));
  }

  void selected(List<SessionDetails> chosen, Runnable after) {
    List<SessionDetails> live = chosen.stream().filter(s -> s.endedAt() == null).toList();
    if (live.isEmpty()) {
      Notices.success("None of them is live any more.");
      return;
    }
    Confirm.ask(EndTexts.selected(live), () -> end(live, after));
  }

  private void end(List<SessionDetails> chosen, Runnable after) {
    Runnable work = () -> chosen.forEach(session -> sessions.end(session.id()));
    if (actions.change(work)) {
      Notices.success(Count.of(chosen.size(), "session") + " ended.");
    }
    after.run();
  }

  /// Ends what matches now. The service refuses when more match than the question said.
  void matching(SessionFilter filter, Runnable after) {
    SessionFilter live = filter.liveOnly();
    Instant asOf = clock.instant();
    long expected = sessions.count(live);
    Confirm.ask(
        EndTexts.matching(live, expected),
        () -> {
          actions
              .call(() -> sessions.endMany(live, asOf, expected), new Fields())
              .ifPresent(ended -> Notices.success(Count.of(ended, "session") + " ended."));
          after.run();
        });
  }
}
