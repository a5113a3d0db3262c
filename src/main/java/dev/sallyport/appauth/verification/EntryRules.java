package dev.sallyport.appauth.verification;

import static dev.sallyport.appauth.verification.Finding.failed;
import static dev.sallyport.appauth.verification.Finding.passed;

import dev.sallyport.appauth.verification.Rule.Part;
import dev.sallyport.apps.LabelPattern;
import dev.sallyport.apps.LabelSelector;
import dev.sallyport.jose.SigningAlgorithm;
import dev.sallyport.jose.TokenSyntax;
import dev.sallyport.problem.ProblemType;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The rules that cost nothing: they come before any key is looked for.
final class EntryRules {
  private static final Set<String> HEADER_TYPES = Set.of("jwt", "at+jwt", "application/at+jwt");

  private final OwnIssuers own;

  EntryRules(OwnIssuers own) {
    this.own = own;
  }

  Rule syntax(String raw) {
    return Rule.once("syntax", Set.of(), attempt -> syntax(attempt, raw));
  }

  /// Which config decides.
  Rule decidingConfig() {
    return Rule.policy("issuer", Set.of(Part.TOKEN), this::issuer);
  }

  /// Whether a config that was named could decide. The rest is judged by it in any case.
  List<Rule> namedConfig(ConfigFacts named) {
    return List.of(
        Rule.once("issuer", Set.of(Part.TOKEN), attempt -> isIssuer(attempt, named)),
        Rule.once("enabled", Set.of(), attempt -> isEnabled(named)),
        Rule.once("labels", Set.of(), attempt -> isAbout(attempt, named)));
  }

  /// What the deciding config has to say before any key is looked for.
  List<Rule> rules() {
    return List.of(
        Rule.once("typ", Set.of(Part.TOKEN), EntryRules::typ),
        Rule.policy("kind", Set.of(Part.TOKEN, Part.CONFIG), EntryRules::kind),
        Rule.once("algorithm", Set.of(Part.TOKEN), EntryRules::algorithm),
        Rule.policy(
            "algorithm-allowed", Set.of(Part.ALGORITHM, Part.CONFIG), EntryRules::algorithmAllowed),
        Rule.policy("audience", Set.of(Part.TOKEN, Part.CONFIG), EntryRules::audience));
  }

  private static Finding syntax(Attempt attempt, String raw) {
    return switch (TokenSyntax.read(raw)) {
      case TokenSyntax.Refused(ProblemType code, String detail) -> failed(code, detail);
      case TokenSyntax.Parsed(var token) -> {
        attempt.token(token);
        yield passed("The token is well formed.");
      }
    };
  }

  private Finding issuer(Attempt attempt) {
    String iss = attempt.claims().string("iss");
    ConfigFacts config =
        iss == null || iss.equals(own.api())
            ? null
            : ConfigChoice.choose(attempt.app, attempt.configs, iss);
    if (config == null) {
      return failed(
              ProblemType.TOKEN_ISSUER_UNKNOWN, "No trusted issuer of this app has this `iss`.")
          .because(null, iss);
    }
    attempt.config(config);
    return passed(config.issuer().iss(), iss, "Config " + config.name() + " decides.");
  }

  private Finding isIssuer(Attempt attempt, ConfigFacts named) {
    attempt.config(named);
    String iss = attempt.claims().string("iss");
    String expected = named.issuer().iss();
    if (!expected.equals(iss) || expected.equals(own.api())) {
      return failed(
              ProblemType.TOKEN_ISSUER_UNKNOWN,
              "The token's `iss` is not the issuer of config " + named.name() + ".")
          .because(expected, iss);
    }
    return passed(expected, iss, "`iss` is the issuer of config " + named.name() + ".");
  }

  private static Finding isEnabled(ConfigFacts named) {
    return named.enabled()
        ? passed("enabled", "enabled", "The config is enabled.")
        : failed(
                ProblemType.TOKEN_ISSUER_UNKNOWN,
                "Config " + named.name() + " is disabled: it lets nobody in.")
            .because("enabled", "disabled");
  }

  private static Finding isAbout(Attempt attempt, ConfigFacts named) {
    String expected = text(named.appLabels());
    String found = text(attempt.app.labels());
    return named.appLabels().matches(attempt.app.labels())
        ? passed(expected, found, "The config is about this app.")
        : failed(
                ProblemType.TOKEN_ISSUER_UNKNOWN,
                "Config " + named.name() + " is not about this app: its labels differ.")
            .because(expected, found);
  }

  private static String text(LabelSelector selector) {
    return selector.patterns().entrySet().stream()
        .map(
            label ->
                label.getValue().stream()
                    .map(LabelPattern::text)
                    .collect(Collectors.joining(" or ", label.getKey() + "=", "")))
        .collect(Collectors.joining(", "));
  }

  private static String text(Map<String, String> labels) {
    return labels.isEmpty()
        ? "no labels"
        : new TreeMap<>(labels)
            .entrySet().stream()
                .map(label -> label.getKey() + "=" + label.getValue())
                .collect(Collectors.joining(", "));
  }

  private static Finding typ(Attempt attempt) {
    String typ = attempt.token().header().typ();
    return typ == null || HEADER_TYPES.contains(typ.toLowerCase(Locale.ROOT))
        ? passed("absent, JWT or at+jwt", typ, "The header's `typ` is one of an access token.")
        : failed(ProblemType.TOKEN_TYPE, "The header's `typ` is not one of an access token.")
            .because("absent, JWT or at+jwt", typ);
  }

  private static Finding kind(Attempt attempt) {
    String other = TokenKind.other(attempt.claims());
    if (other == null) {
      return passed("access token", "access token", "Nothing marks it as another kind of token.");
    }
    return other.equals(TokenKind.ID) && attempt.config().acceptIdTokens()
        ? passed("access or ID token", other, "It is an ID token, which the config accepts.")
        : failed(ProblemType.TOKEN_TYPE, "This is " + other + ", not an access token.")
            .because("access token", other);
  }

  private static Finding algorithm(Attempt attempt) {
    String alg = attempt.token().header().alg();
    SigningAlgorithm named = SigningAlgorithm.of(alg);
    if (named == null) {
      return refusedAlgorithm(alg).because(List.of(SigningAlgorithm.values()).toString(), alg);
    }
    attempt.algorithm(named);
    return passed("asymmetric", alg, "The algorithm is a known asymmetric one.");
  }

  private static Finding algorithmAllowed(Attempt attempt) {
    SigningAlgorithm named = attempt.algorithm();
    Set<SigningAlgorithm> allowed = attempt.config().algorithms();
    String expected = allowed.isEmpty() ? "any" : allowed.toString();
    return allowed.isEmpty() || allowed.contains(named)
        ? passed(expected, named.joseName(), "The config allows this algorithm.")
        : refusedAlgorithm(named.joseName()).because(expected, named.joseName());
  }

  private static Finding.Failed refusedAlgorithm(@Nullable String alg) {
    return failed(
        ProblemType.TOKEN_ALGORITHM,
        alg == null ? "The header has no `alg`." : "This signature algorithm is not allowed.");
  }

  private static Finding audience(Attempt attempt) {
    List<String> aud = attempt.claims().stringList("aud");
    String resource = attempt.app.canonicalUrl();
    String configured = attempt.config().audience();
    String expected = configured == null ? resource : resource + " or " + configured;
    if (aud.contains(resource) || (configured != null && aud.contains(configured))) {
      attempt.audienceFits();
      return passed(expected, aud.toString(), "`aud` names this app.");
    }
    return failed(
            ProblemType.TOKEN_AUDIENCE,
            "`aud` does not name this app; ask for a token for the resource " + resource + ".")
        .because(expected, aud.toString());
  }
}
