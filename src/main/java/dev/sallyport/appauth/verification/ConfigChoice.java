package dev.sallyport.appauth.verification;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which config decides about a token: the most specific one alone. Another that would be kinder
/// is never asked.
public final class ConfigChoice {
  private static final Comparator<ConfigFacts> ORDER =
      Comparator.comparingInt((ConfigFacts c) -> c.appLabels().specificity())
          .thenComparingInt(ConfigFacts::priority)
          .reversed()
          .thenComparing(ConfigFacts::name);

  private ConfigChoice() {}

  /// The enabled configs for an app and an issuer, the deciding one first; the next one takes over
  /// when it is disabled.
  public static List<ConfigFacts> ranked(
      AppFacts app, Collection<ConfigFacts> configs, String iss) {
    return configs.stream().filter(config -> isCandidate(config, app, iss)).sorted(ORDER).toList();
  }

  /// Whether only their names decide between two configs: worth a warning.
  public static boolean isTie(ConfigFacts one, ConfigFacts other) {
    return one.appLabels().specificity() == other.appLabels().specificity()
        && one.priority() == other.priority();
  }

  static @Nullable ConfigFacts choose(AppFacts app, Collection<ConfigFacts> configs, String iss) {
    return configs.stream().filter(config -> isCandidate(config, app, iss)).min(ORDER).orElse(null);
  }

  private static boolean isCandidate(ConfigFacts config, AppFacts app, String iss) {
    return config.enabled()
        && config.issuer().iss().equals(iss)
        && config.appLabels().matches(app.labels());
  }
}
