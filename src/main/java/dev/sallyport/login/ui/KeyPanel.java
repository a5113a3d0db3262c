package dev.sallyport.login.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import dev.sallyport.authz.Permission;
import dev.sallyport.console.Actions;
import dev.sallyport.console.Facts;
import dev.sallyport.console.Fields;
import dev.sallyport.console.Notices;
import dev.sallyport.console.Status;
import dev.sallyport.console.TimeText;
import dev.sallyport.console.View;
import dev.sallyport.login.ProviderDetails;
import dev.sallyport.login.ProviderKeys;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// How this node stands with a provider's keys, and a button to ask for everything anew.
@ApplicationScoped
class KeyPanel {
  @Inject ProviderKeys keys;
  @Inject Actions actions;
  @Inject Clock clock;

  Component of(ProviderDetails provider) {
    Div panel = new Div();
    panel.addClassName("sp-keys");
    fill(panel, provider);
    return panel;
  }

  private void fill(Div panel, ProviderDetails provider) {
    panel.removeAll();
    panel.add(facts(keys.status(provider.id())));
    if (View.may(Permission.AUTH_OIDC_EDIT)) {
      Button refresh = new Button("Refresh", VaadinIcon.REFRESH.create());
      refresh.addThemeVariants(ButtonVariant.SMALL);
      refresh.setDisableOnClick(true);
      refresh.addClickListener(
          click -> {
            refresh(provider);
            fill(panel, provider);
          });
      panel.add(refresh);
    }
  }

  private void refresh(ProviderDetails provider) {
    actions
        .call(() -> keys.refresh(provider.id()), new Fields())
        .ifPresent(
            status -> {
              String error = status.lastError();
              if (error == null) {
                Notices.success("Discovery and keys refreshed.");
              } else {
                Notices.error("The keys could not be refreshed", error);
              }
            });
  }

  private Facts facts(ProviderKeys.Status status) {
    Facts facts = new Facts();
    facts.add("Keys on this node", state(status));
    if (status.url() == null) {
      return facts.add("Key ids", String.join(", ", status.keyIds()));
    }
    facts.add("From", status.url());
    facts.add("Last fetched", time(status.lastSuccess()));
    if (status.lastError() != null) {
      facts.add("Last error", status.lastError());
    }
    facts.add("Key ids", String.join(", ", status.keyIds()));
    if (!status.ignored().isEmpty()) {
      facts.add("Ignored keys", ignored(status));
    }
    return facts.add("Next refresh", next(status.nextRefresh()));
  }

  private static String ignored(ProviderKeys.Status status) {
    return status.ignored().entrySet().stream()
        .map(entry -> entry.getValue() + " × " + entry.getKey())
        .collect(Collectors.joining(", "));
  }

  private static Status state(ProviderKeys.Status status) {
    if (status.url() == null) {
      return new Status(Status.Tone.GOOD, "Stored here");
    }
    if (status.lastError() != null) {
      return status.keyIds().isEmpty()
          ? new Status(Status.Tone.BAD, "None: the last fetch failed")
          : new Status(Status.Tone.WARNING, "Last fetch failed, earlier keys in use");
    }
    return status.lastSuccess() == null
        ? new Status(Status.Tone.NEUTRAL, "Not fetched yet")
        : new Status(Status.Tone.GOOD, status.keyIds().size() + " usable");
  }

  private Component next(@Nullable Instant time) {
    boolean isDue = time == null || time.isBefore(clock.instant());
    return isDue ? new Span("With the next use") : time(time);
  }

  private Component time(@Nullable Instant time) {
    return time == null ? new Span("–") : new TimeText(time, clock.instant());
  }
}
