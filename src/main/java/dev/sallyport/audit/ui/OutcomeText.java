package dev.sallyport.audit.ui;

import dev.sallyport.console.Status;

/// How an event went.
final class OutcomeText {
  private OutcomeText() {}

  static Status of(String outcome) {
    return switch (outcome) {
      case "success" -> new Status(Status.Tone.GOOD, outcome);
      case "denied" -> new Status(Status.Tone.WARNING, outcome);
      default -> new Status(Status.Tone.BAD, outcome);
    };
  }
}
