package dev.sallyport.issuers.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import dev.sallyport.authz.Access;
import dev.sallyport.authz.Permission;
import dev.sallyport.console.Actions;
import dev.sallyport.console.Facts;
import dev.sallyport.console.Notices;
import dev.sallyport.console.Status;
import dev.sallyport.console.TimeText;
import dev.sallyport.console.View;
import dev.sallyport.issuers.IssuerDetails;
import dev.sallyport.jose.JwksCache;
import dev.sallyport.jose.JwksStatus;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Shows how this node stands with an issuer's keys, and fetches them on demand.
@ApplicationScoped
public class KeyStatus {
  @Inject JwksCache jwks;
  @Inject Access access;
  @Inject Actions actions;
  @Inject Clock clock;

  /// The keys of an issuer, with a button to refresh them for who may.
  public Component of(IssuerDetails issuer) {
    Div panel = new Div();
    panel.addClassName("sp-keys");
    fill(panel, issuer);
    return panel;
  }

  /// One line: whether keys are there.
  Component brief(IssuerDetails issuer) {
    String url = issuer.jwksUrl();
    if (url == null) {
      return new Status(Status.Tone.GOOD, "Stored here");
    }
    return state(jwks.status(URI.create(url)));
  }

  private void fill(Div panel, IssuerDetails issuer) {
    panel.removeAll();
    String url = issuer.jwksUrl();
    if (url == null) {
      panel.add(new Status(Status.Tone.GOOD, "The key set is stored here"));
      return;
    }
    panel.add(facts(jwks.status(URI.create(url))));
    if (View.may(Permission.ISSUER_EDIT)) {
      Button refresh = new Button("Refresh keys now", VaadinIcon.REFRESH.create());
      refresh.addThemeVariants(ButtonVariant.SMALL);
      refresh.setDisableOnClick(true);
      refresh.addClickListener(
          click -> {
            refresh(URI.create(url));
            fill(panel, issuer);
          });
      panel.add(refresh);
    }
  }

  private void refresh(URI url) {
    actions.ask(() -> refreshed(url)).ifPresent(KeyStatus::tell);
  }

  private JwksStatus refreshed(URI url) {
    access.require(Permission.ISSUER_EDIT);
    return jwks.refreshNow(url);
  }

  private static void tell(JwksStatus status) {
    String error = status.lastError();
    if (error == null) {
      Notices.success("Keys refreshed: " + status.keyIds().size() + " usable.");
    } else {
      Notices.error("The keys could not be refreshed", error);
    }
  }

  private Facts facts(JwksStatus status) {
    Facts facts = new Facts();
    facts.add("Keys on this node", state(status));
    facts.add("From", status.url().toString());
    facts.add("Last fetched", time(status.lastSuccess()));
    if (status.lastError() != null) {
      facts.add("Last error", status.lastError());
    }
    facts.add("Key ids", String.join(", ", status.keyIds()));
    if (!status.ignored().isEmpty()) {
      facts.add("Ignored keys", ignored(status));
    }
    facts.add("Next refresh", next(status.nextRefresh()));
    return facts;
  }

  private static String ignored(JwksStatus status) {
    return status.ignored().entrySet().stream()
        .map(entry -> entry.getValue() + " × " + entry.getKey())
        .collect(Collectors.joining(", "));
  }

  private static Status state(JwksStatus status) {
    if (status.lastError() != null) {
      boolean hasCopy = !status.keyIds().isEmpty();
      return hasCopy
          ? new Status(Status.Tone.WARNING, "Last fetch failed, keys from before in use")
          : new Status(Status.Tone.BAD, "No keys: the last fetch failed");
    }
    return status.lastSuccess() == null
        ? new Status(Status.Tone.NEUTRAL, "Not fetched yet")
        : new Status(Status.Tone.GOOD, status.keyIds().size() + " usable");
  }

  private Component next(@Nullable Instant time) {
    return time == null || time.isBefore(clock.instant())
        ? new Span("With the next use")
        : time(time);
  }

  private Component time(@Nullable Instant time) {
    return time == null ? new Span("–") : new TimeText(time, clock.instant());
  }
}
