package dev.sallyport.appsessions.ui;

import com.vaadin.flow.component.confirmdialog.ConfirmDialog;
import dev.sallyport.appsessions.AppSessionService;
import dev.sallyport.appsessions.SessionDetails;
import dev.sallyport.appsessions.SessionFilter;
import dev.sallyport.authz.Permission;
import dev.sallyport.console.Actions;
import dev.sallyport.console.Confirm;
import dev.sallyport.console.Count;
import dev.sallyport.console.Fields;
import dev.sallyport.console.Notices;
import dev.sallyport.console.View;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/// Asks, ends, and says what happened.
record SessionEnder(AppSessionService sessions, Actions actions, Clock clock) {

  static boolean mayEndOne() {
    return View.may(Permission.APP_SESSION_REVOKE);
  }

  static boolean mayEndMany() {
    return View.may(Permission.APP_SESSION_REVOKE_MANY);
  }

  void one(SessionDetails session, Runnable after) {
    boolean mayReturn = sessions.mayReturn(List.of(session.id()));
    BlockChoice choice = BlockChoice.forSession(session);
    ConfirmDialog dialog =
        Confirm.ask(
            EndTexts.one(session, mayReturn),
            () -> end(() -> endOne(session, mayReturn ? choice.time() : BlockTime.NONE), 1, after));
    if (mayReturn) {
      dialog.getElement().appendChild(choice.getElement());
    }
  }

  private void endOne(SessionDetails session, BlockTime time) {
    if (time == BlockTime.NONE) {
      sessions.end(session.id());
    } else {
      sessions.endAndBlock(session.id(), time.until(session.absoluteEnd(), clock.instant()));
    }
  }

  void selected(List<SessionDetails> chosen, Runnable after) {
    List<SessionDetails> live = chosen.stream().filter(s -> s.endedAt() == null).toList();
    if (live.isEmpty()) {
      Notices.success("None of them is live any more.");
      return;
    }
    boolean mayReturn = sessions.mayReturn(live.stream().map(SessionDetails::id).toList());
    Runnable work = () -> live.forEach(session -> sessions.end(session.id()));
    Confirm.ask(EndTexts.selected(live, mayReturn), () -> end(work, live.size(), after));
  }

  private void end(Runnable work, int number, Runnable after) {
    if (actions.change(work)) {
      Notices.success(Count.of(number, "session") + " ended.");
    }
    after.run();
  }

  /// Ends what matches now. The service refuses when more match than the question said.
  void matching(SessionFilter filter, Runnable after) {
    SessionFilter live = filter.liveOnly();
    Instant asOf = clock.instant();
    long expected = sessions.count(live);
    if (expected == 0) {
      Notices.success("None of them is live any more.");
      after.run();
      return;
    }
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
