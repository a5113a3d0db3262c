package dev.sallyport.appsessions.ui;

import dev.sallyport.appsessions.BlockDetails;
import dev.sallyport.console.Confirm;
import dev.sallyport.console.TimeText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// What people read of blocks.
final class BlockTexts {
  private BlockTexts() {}

  /// Whom it is about, in as few words as name one.
  static String whom(BlockDetails block) {
    if (block.subject() != null) {
      return block.subject();
    }
    return block.sid() != null ? "sign-in " + block.sid() : "anybody";
  }

  static String why(BlockDetails block) {
    return switch (block.reason()) {
      case "revoked" -> "Session ended by " + block.by();
      case "logged-out" -> "Signed out at " + block.by();
      case "deactivated" -> "Deactivated by " + block.by();
      case "blocked" -> "Blocked by " + block.by();
      default -> block.reason();
    };
  }

  /// Which of the person's tokens it refuses.
  static String which(BlockDetails block) {
    Instant signedIn = block.signedInUntil();
    if (block.sid() != null) {
      return "Every token of this sign-in";
    }
    String of = block.withoutSid() ? "Tokens without sid" : "Tokens";
    return signedIn == null ? "Every token" : of + " signed in until " + TimeText.utc(signedIn);
  }

  static String until(BlockDetails block, Instant now) {
    Instant until = block.until();
    if (until != null) {
      return TimeText.relative(until, now);
    }
    return block.goesWithReactivation() ? "until reactivated" : "until lifted";
  }

  static String client(BlockDetails block) {
    return Objects.requireNonNullElse(block.client(), block.withoutClient() ? "none" : "any");
  }

  static String app(BlockDetails block) {
    String gone = block.appId() == null ? "any" : "a deleted app";
    return Objects.requireNonNullElse(block.app(), gone);
  }

  static Confirm.Question lift(BlockDetails block) {
    List<String> consequences = new ArrayList<>();
    consequences.add("What the block refuses now is let in again, if a config trusts it.");
    if (block.signedInUntil() != null || block.sid() != null) {
      consequences.add("Tokens from before the block count again until they expire.");
    }
    consequences.add("Sessions that have ended stay ended.");
    return new Confirm.Question(
        "Lift this block?", whom(block) + " at " + block.issuer(), consequences, "Lift block");
  }
}
