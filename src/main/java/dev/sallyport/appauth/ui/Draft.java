package dev.sallyport.appauth.ui;

import dev.sallyport.appauth.verification.AllowRule;
import dev.sallyport.appauth.verification.ConfigFacts;
import dev.sallyport.appauth.verification.IssuerFacts;
import dev.sallyport.apps.LabelSelector;
import dev.sallyport.problem.FieldErrors;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What of an edited config decides which apps it opens. `id` is absent while it is new; `isOpen`
/// says that it demands nothing of a person or client.
record Draft(
    @Nullable String id,
    String name,
    Map<String, List<String>> appLabels,
    String issuer,
    @Nullable String audience,
    int priority,
    boolean enabled,
    boolean isOpen) {

  /// Whether the selector can be tried yet.
  boolean hasSelector() {
    var errors = new FieldErrors();
    LabelSelector.check(appLabels, "appLabels", errors);
    return errors.isEmpty();
  }

  LabelSelector selector() {
    return LabelSelector.of(appLabels);
  }

  /// This draft among stored configs, as if it were enabled. Only what the choice looks at counts.
  ConfigFacts facts(IssuerFacts of) {
    return new ConfigFacts(
        String.valueOf(id),
        name,
        of,
        audience,
        selector(),
        List.of(),
        Set.of(),
        null,
        Duration.ZERO,
        Duration.ZERO,
        List.<AllowRule>of(),
        List.of(),
        List.of(),
        false,
        List.of(),
        priority,
        true);
  }
}
