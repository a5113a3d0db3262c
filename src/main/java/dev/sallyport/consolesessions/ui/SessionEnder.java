package dev.sallyport.consolesessions.ui;

import dev.sallyport.console.Actions;
import dev.sallyport.console.Confirm;
import dev.sallyport.console.Count;
import dev.sallyport.console.Fields;
import dev.sallyport.console.Notices;
import dev.sallyport.consolesessions.ConsoleSessionDetails;
import dev.sallyport.consolesessions.ConsoleSessionService;
import java.util.ArrayList;
import java.util.List;

/// Asks, ends, and says what happened.
record SessionEnder(ConsoleSessionService sessions, Actions actions) {

  void one(ConsoleSessionDetails session, Runnable after) {
    List<String> consequences = new ArrayList<>();
    consequences.add("Its open pages go to the sign-in page within seconds.");
    consequences.add("Whoever may sign in can do so again at once.");
    if (session.current()) {
      consequences.addFirst("It is the one that you are using now.");
    }
    Confirm.ask(
        new Confirm.Question(
            "End this console session?",
            "%s in %s, from %s."
                .formatted(
                    session.actor().name(), BrowserName.of(session.userAgent()), session.address()),
            consequences,
            "End session"),
        () -> {
          if (actions.change(() -> sessions.end(session.id()))) {
            Notices.success("Session ended.");
          }
          after.run();
        });
  }

  void others(Runnable after) {
    Confirm.ask(
        new Confirm.Question(
            "End your other sessions?",
            "You stay signed in here; everywhere else you are signed out.",
            List.of("Their open pages go to the sign-in page within seconds."),
            "End other sessions"),
        () -> {
          actions
              .call(sessions::endOthers, new Fields())
              .ifPresent(ended -> Notices.success(Count.of(ended, "other session") + " ended."));
          after.run();
        });
  }
}
