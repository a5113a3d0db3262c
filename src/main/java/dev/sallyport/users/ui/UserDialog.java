package dev.sallyport.users.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Span;
import dev.sallyport.console.CopyText;
import dev.sallyport.console.Facts;
import dev.sallyport.console.Status;
import dev.sallyport.console.TimeText;
import dev.sallyport.users.UserSummary;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/// Everything about one user.
final class UserDialog extends Dialog {
  UserDialog(UserSummary user, Instant now) {
    setHeaderTitle(user.displayName());
    setWidth("46rem");
    setMaxWidth("calc(100vw - 2rem)");
    Facts facts = new Facts();
    addState(facts, user, now);
    facts.add("E-mail", user.email());
    facts.add("Subject", new CopyText("subject", user.subject()));
    facts.add("Issuer", new CopyText("issuer", user.issuer()));
    facts.add("Signed in with", UserTexts.provider(user));
    facts.add("Groups at the last sign-in", String.join(", ", user.groups()));
    facts.add("Roles now", UserTexts.roles(user));
    facts.add("First signed in", new TimeText(user.createdAt(), now));
    Instant last = user.lastSignInAt();
    facts.add("Last signed in", last == null ? new Span("–") : new TimeText(last, now));
    facts.add("User id", new CopyText("user id", user.id()));
    add(facts);
    getFooter().add(sessions(user), new Button("Close", click -> close()));
  }

  private static void addState(Facts facts, UserSummary user, Instant now) {
    Instant since = user.deactivatedAt();
    if (since == null) {
      facts.add("State", new Status(Status.Tone.GOOD, "Active"));
    } else {
      facts.add("State", new Status(Status.Tone.OFF, "Deactivated by " + user.deactivatedBy()));
      facts.add("Deactivated", new TimeText(since, now));
    }
  }

  private static Anchor sessions(UserSummary user) {
    String address =
        "sessions?state=all&issuer="
            + encoded(user.issuer())
            + "&subject="
            + encoded(user.subject());
    return new Anchor(address, "Sessions at apps");
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /// Offers the one thing that can be done.
  void offer(String verb, ButtonVariant variant, Runnable action) {
    Button button =
        new Button(
            verb,
            click -> {
              close();
              action.run();
            });
    button.addThemeVariants(variant);
    getFooter().add(button);
  }
}
