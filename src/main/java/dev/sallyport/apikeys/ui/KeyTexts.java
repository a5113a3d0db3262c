package dev.sallyport.apikeys.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import dev.sallyport.apikeys.ApiKeySummary;
import dev.sallyport.console.ScopeField;
import dev.sallyport.console.Status;
import dev.sallyport.console.TimeText;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Keys in words.
final class KeyTexts {
  private KeyTexts() {}

  static Component name(ApiKeySummary key) {
    Span below = new Span(key.hint() + "…, " + kind(key.kind()));
    Div cell = new Div(new Span(key.name()), below);
    cell.addClassName("sp-two-lines");
    return cell;
  }

  static String kind(String code) {
    return switch (code) {
      case "proxy" -> "proxy";
      case "workload" -> "workload";
      default -> "API key";
    };
  }

  static Component state(ApiKeySummary key, Instant now) {
    Instant overlap = key.overlapUntil();
    if (key.state().equals(ApiKeySummary.EXPIRED)) {
      return new Status(Status.Tone.OFF, "Expired");
    }
    if (overlap == null) {
      return new Status(Status.Tone.GOOD, "Live");
    }
    Status state = new Status(Status.Tone.WARNING, "Old value too");
    state.setTitle("The value from before the rotation ends " + TimeText.relative(overlap, now));
    return state;
  }

  static Component roles(ApiKeySummary key) {
    List<String> roles = key.roles();
    Span text = new Span(roles.isEmpty() ? "none" : String.join(", ", roles));
    text.addClassName(roles.isEmpty() ? "sp-muted" : "sp-wrap");
    return text;
  }

  static Component where(@Nullable Map<String, List<String>> scope) {
    Span text = new Span(ScopeField.text(scope));
    text.addClassName("sp-wrap");
    return text;
  }

  static Component time(@Nullable Instant time, String absent, Instant now) {
    if (time != null) {
      return new TimeText(time, now);
    }
    Span none = new Span(absent);
    none.addClassName("sp-muted");
    return none;
  }
}
