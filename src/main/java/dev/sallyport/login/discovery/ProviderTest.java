package dev.sallyport.login.discovery;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// How a provider did, step by step; a step that could not be tried is skipped.
public record ProviderTest(String outcome, List<Step> steps) {
  /// What is tried: the issuer alone. The other members of a provider may stand beside it.
  public record Draft(@Nullable String issuer) {}

  /// One step. `outcome` is ok, warning, failed or skipped; `detail` says what was found.
  public record Step(String step, String outcome, String detail) {}

  enum Outcome {
    OK,
    WARNING,
    FAILED,
    SKIPPED;

    String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// Collects steps in their order.
  static final class Steps {
    private static final List<String> ORDER =
        List.of(
            "dns", "tls", "discovery", "issuer", "jwks", "algorithms", "iss-parameter", "clock");

    private final List<Step> steps = new ArrayList<>();

    void add(Outcome outcome, String detail) {
      steps.add(new Step(ORDER.get(steps.size()), outcome.code(), detail));
    }

    /// The result; what was not reached is skipped.
    ProviderTest end() {
      while (steps.size() < ORDER.size()) {
        add(Outcome.SKIPPED, "Not tried: an earlier step failed.");
      }
      return new ProviderTest(worst(), List.copyOf(steps));
    }

    private String worst() {
      for (Outcome outcome : List.of(Outcome.FAILED, Outcome.WARNING)) {
        if (steps.stream().anyMatch(step -> step.outcome().equals(outcome.code()))) {
          return outcome.code();
        }
      }
      return Outcome.OK.code();
    }
  }
}
