package dev.sallyport.appsessions.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.RouterLink;
import dev.sallyport.appsessions.SessionDetails;
import dev.sallyport.appsessions.SessionFilter;
import dev.sallyport.console.CopyText;
import dev.sallyport.console.Count;
import dev.sallyport.console.Facts;
import dev.sallyport.console.Status;
import dev.sallyport.console.TimeText;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Everything about one session.
final class SessionDialog extends Dialog {
  SessionDialog(SessionDetails session, Instant now) {
    setHeaderTitle(session.username() + " at " + session.app());
    setWidth("46rem");
    setMaxWidth("calc(100vw - 2rem)");
    Facts facts = new Facts();
    addState(facts, session, now);
    addPerson(facts, session);
    addTimes(facts, session, now);
    facts.add("Session id", new CopyText("session id", session.id()));
    facts.add("App id", new CopyText("app id", session.appId()));
    facts.add("Config id", new CopyText("config id", session.configId()));
    add(facts);
    RouterLink all = new RouterLink("All sessions of this person", SessionsView.class);
    all.setQueryParameters(FilterQuery.write(ofPerson(session)));
    all.getElement().addEventListener("click", click -> close());
    getFooter().add(all, new Button("Close", click -> close()));
  }

  /// Offers to end the session.
  void offerEnd(Runnable end) {
    Button button =
        new Button(
            "End session…",
            click -> {
              close();
              end.run();
            });
    button.addThemeVariants(ButtonVariant.ERROR);
    getFooter().add(button);
  }

  private static SessionFilter ofPerson(SessionDetails s) {
    return new SessionFilter(
        null, null, null, s.issuer(), s.subject(), null, SessionFilter.State.ALL);
  }

  private static void addState(Facts facts, SessionDetails session, Instant now) {
    Instant endedAt = session.endedAt();
    if (endedAt == null) {
      facts.add("State", new Status(Status.Tone.GOOD, "Live"));
    } else {
      facts.add("State", new Status(Status.Tone.OFF, EndTexts.reason(session)));
      facts.add("Ended", new TimeText(endedAt, now));
    }
  }

  private static void addPerson(Facts facts, SessionDetails session) {
    facts.add("User", session.username());
    facts.add("Subject", new CopyText("subject", session.subject()));
    facts.add("Issuer", new CopyText("issuer", session.issuer()));
    facts.add("Client", optional("client", session.client()));
    facts.add("IdP session (sid)", optional("sid", session.sid()));
    if (session.act() != null) {
      facts.add("On behalf, through", optional("chain", session.act()));
    }
    facts.add("App", session.app());
    facts.add("Config", session.config());
    facts.add("Client address", session.address());
    if (session.openedBy() != null) {
      facts.add("Opened by", session.openedBy());
    }
  }

  private static void addTimes(Facts facts, SessionDetails session, Instant now) {
    facts.add("Started", new TimeText(session.startedAt(), now));
    facts.add("Last seen", new TimeText(session.lastSeenAt(), now));
    facts.add("Calls", Count.plain(session.calls()));
    facts.add("Expires", new TimeText(session.expiresAt(), now));
    facts.add("Ends at the latest", new TimeText(session.absoluteEnd(), now));
    facts.add("Ends when idle for", words(Duration.ofSeconds(session.idleSeconds())));
  }

  private static String words(Duration duration) {
    long minutes = duration.toMinutes();
    if (minutes < 1) {
      return duration.toSeconds() + " s";
    }
    return minutes % 60 == 0 ? minutes / 60 + " h" : minutes + " min";
  }

  private static Component optional(String what, @Nullable String value) {
    return value == null ? new Span("–") : new CopyText(what, value);
  }
}
