package dev.sallyport.appauth.ui;

import dev.sallyport.appauth.verification.AppFacts;
import dev.sallyport.appauth.verification.ConfigChoice;
import dev.sallyport.appauth.verification.ConfigFacts;
import dev.sallyport.apps.AppDetails;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What a draft would mean: for each app that it matches, who decides, and what deserves a warning.
record Impact(List<AtApp> apps, List<String> warnings) {
  /// One matching app. `decides` is the deciding config if it is another one, `next` the one that
  /// takes over when the deciding one is disabled, `tie` one that only the name tells apart.
  record AtApp(String app, @Nullable String decides, @Nullable String next, @Nullable String tie) {
    String sentence() {
      if (decides != null) {
        return "“" + decides + "” decides here, not this config.";
      }
      return next == null
          ? "This config decides; without it, this issuer's tokens are refused."
          : "This config decides; without it, “" + next + "” takes over.";
    }
  }

  static Impact of(Draft draft, Collection<ConfigFacts> stored, Collection<AppDetails> apps) {
    if (!draft.hasSelector()) {
      return new Impact(List.of(), List.of());
    }
    List<ConfigFacts> others =
        stored.stream()
            .filter(c -> !c.id().equals(draft.id()))
            .filter(c -> c.issuer().iss().equals(draft.issuer()))
            .toList();
    List<AppDetails> matching =
        apps.stream().filter(app -> draft.selector().matches(app.labels())).toList();
    List<AtApp> at = matching.stream().map(app -> at(app, draft, others)).toList();
    return new Impact(at, warnings(draft, at, audienceReach(draft, others, apps, matching)));
  }

  private static AtApp at(AppDetails app, Draft draft, List<ConfigFacts> others) {
    if (others.isEmpty()) {
      return new AtApp(app.name(), null, null, null);
    }
    ConfigFacts own = draft.facts(others.getFirst().issuer());
    List<ConfigFacts> all = new ArrayList<>(others);
    all.add(own);
    AppFacts facts = new AppFacts(app.id(), app.name(), app.url(), app.labels());
    List<ConfigFacts> ranked = ConfigChoice.ranked(facts, all, draft.issuer());
    ConfigFacts first = ranked.getFirst();
    Optional<ConfigFacts> tie =
        ranked.stream().filter(c -> c != own && ConfigChoice.isTie(own, c)).findFirst();
    return new AtApp(
        app.name(),
        first == own ? null : first.name(),
        ranked.size() < 2 ? null : ranked.get(1).name(),
        tie.map(ConfigFacts::name).orElse(null));
  }

  /// How many apps a token with the draft's audience opens, by this config and by others.
  private static long audienceReach(
      Draft draft,
      List<ConfigFacts> others,
      Collection<AppDetails> apps,
      List<AppDetails> matching) {
    return draft.audience() == null
        ? 0
        : apps.stream()
            .filter(
                app ->
                    matching.contains(app)
                        || others.stream().anyMatch(c -> opens(c, app, draft.audience())))
            .count();
  }

  private static boolean opens(ConfigFacts config, AppDetails app, @Nullable String audience) {
    return config.enabled()
        && Objects.equals(config.audience(), audience)
        && config.appLabels().matches(app.labels());
  }

  private static List<String> warnings(Draft draft, List<AtApp> at, long audienceReach) {
    var warnings = new ArrayList<String>();
    if (draft.isOpen()) {
      warnings.add(
          "No rules: everyone at this issuer may enter " + apps(at.size(), "matching app") + ".");
    }
    if (audienceReach > 1) {
      warnings.add(
          "The audience opens several apps: one token with it enters any of %d."
              .formatted(audienceReach));
    }
    String ties =
        at.stream()
            .map(AtApp::tie)
            .filter(Objects::nonNull)
            .distinct()
            .collect(Collectors.joining("”, “"));
    if (!ties.isEmpty()) {
      warnings.add(
          "Tie with “" + ties + "”: only the name decides. Give one of them a higher priority.");
    }
    if (draft.selector().specificity() == 0) {
      warnings.add("The selector matches every app, and every app that is added later.");
    }
    if (!draft.enabled()) {
      warnings.add("Disabled: nothing below holds until it is enabled.");
    }
    return warnings;
  }

  private static String apps(long count, String noun) {
    return switch ((int) count) {
      case 0 -> "any " + noun;
      case 1 -> "the one " + noun;
      default -> "all " + count + " " + noun + "s";
    };
  }
}
