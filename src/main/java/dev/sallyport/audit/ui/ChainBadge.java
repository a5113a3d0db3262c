package dev.sallyport.audit.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Span;
import dev.sallyport.audit.seal.ChainHead;
import dev.sallyport.audit.seal.ChainVerifier;
import dev.sallyport.audit.seal.Verification;
import dev.sallyport.audit.seal.Verification.Break;
import dev.sallyport.console.Actions;
import dev.sallyport.console.Count;
import dev.sallyport.console.Notices;
import dev.sallyport.console.Status;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/// Whether the audit is whole: until when it is sealed, and what the last walk along it found.
final class ChainBadge extends Span {
  private final ChainVerifier verifier;
  private final Actions actions;
  private final Span state = new Span();

  ChainBadge(ChainVerifier verifier, Actions actions) {
    this.verifier = verifier;
    this.actions = actions;
    addClassName("sp-badges");
    Button verify = new Button("Verify now", click -> verify());
    verify.addThemeVariants(ButtonVariant.TERTIARY, ButtonVariant.SMALL);
    verify.setDisableOnClick(true);
    verify.addClickListener(click -> verify.setEnabled(true));
    add(state, verify);
  }

  /// Shows what is known now.
  void refresh() {
    state.removeAll();
    state.add(status(verifier.head(), verifier.last().orElse(null)));
  }

  private static Status status(ChainHead head, @Nullable Verification last) {
    if (last != null && !last.ok()) {
      return new Status(Status.Tone.BAD, "Chain broken: " + sentence(last.broken()));
    }
    if (head.position() == 0) {
      return new Status(Status.Tone.NEUTRAL, "Not sealed yet");
    }
    String sealed = "Sealed until " + minute(head.sealedAt());
    return last == null
        ? new Status(Status.Tone.NEUTRAL, sealed + ", not verified yet")
        : new Status(Status.Tone.GOOD, sealed + ", verified " + minute(last.checkedAt()));
  }

  private static String minute(Instant time) {
    return time.truncatedTo(ChronoUnit.MINUTES).toString().substring(0, 16).replace('T', ' ')
        + " UTC";
  }

  private void verify() {
    actions.ask(verifier::verify).ifPresent(this::tell);
    refresh();
  }

  private void tell(Verification found) {
    if (found.ok()) {
      Notices.success(Count.of(found.rows(), "row") + " compared with the chain: all as written.");
    } else {
      Notices.error("The audit was tampered with", sentence(found.broken()));
    }
  }

  static String sentence(@Nullable Break broken) {
    if (broken == null) {
      return "";
    }
    String where = broken.row() == null ? "position " + broken.position() : "row " + broken.row();
    return switch (broken.reason()) {
      case "row-changed" -> where + " was changed after it was written.";
      case "row-missing" -> where + " was removed.";
      case "row-inserted" -> where + " was put in behind the server's back.";
      case "chain-cut" -> "the end of the chain is gone, from " + where + " on.";
      case "checkpoint-differs" -> "the chain at " + where + " is not what was signed.";
      case "checkpoint-signature", "checkpoint-keys" -> "a checkpoint's signature is wrong.";
      default -> "the chain's own records at " + where + " were changed.";
    };
  }
}
