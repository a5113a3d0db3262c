package dev.sallyport.appauth.verification;

import static dev.sallyport.appauth.verification.Finding.failed;
import static dev.sallyport.appauth.verification.Finding.passed;

import dev.sallyport.appauth.verification.Rule.Part;
import dev.sallyport.jose.JwksCache;
import dev.sallyport.jose.JwksUnavailableException;
import dev.sallyport.jose.KeyChoice;
import dev.sallyport.jose.KeySource;
import dev.sallyport.problem.ProblemType;
import java.util.List;
import java.util.Set;

/// The rules about the issuer's keys.
final class KeyRules {
  private final JwksCache keys;

  KeyRules(JwksCache keys) {
    this.keys = keys;
  }

  List<Rule> rules() {
    return List.of(
        Rule.once("key", Set.of(Part.TOKEN, Part.CONFIG, Part.ALGORITHM), this::key),
        Rule.once("signature", Set.of(Part.KEY), KeyRules::signature));
  }

  /// For a token whose signature was good: its key must still be one of the issuer's.
  Rule keyStillThere() {
    return Rule.policy("key", Set.of(Part.CONFIG), this::stillThere);
  }

  private Finding key(Attempt attempt) {
    try {
      return switch (choose(attempt)) {
        case KeyChoice.NotFound(String reason) ->
            failed(ProblemType.TOKEN_KEY_UNKNOWN, "The issuer has no one key for this token.")
                .because(known(attempt), "kid " + attempt.token().header().kid() + ": " + reason);
        case KeyChoice.Found(var key) -> {
          attempt.key(key);
          yield passed(null, key.kind() + " " + key.kid(), "Exactly one key of the issuer fits.");
        }
      };
    } catch (JwksUnavailableException e) {
      return unavailable(e);
    }
  }

  // An explanation gets here with any audience; only a token for this app is worth a refetch.
  private KeyChoice choose(Attempt attempt) throws JwksUnavailableException {
    KeySource source = attempt.config().issuer().keys();
    String kid = attempt.token().header().kid();
    return attempt.has(Set.of(Part.AUDIENCE))
        ? keys.choose(source, kid, attempt.algorithm())
        : keys.keys(source).choose(kid, attempt.algorithm());
  }

  private static Finding signature(Attempt attempt) {
    return attempt.key().verifies(attempt.algorithm(), attempt.token())
        ? passed(null, attempt.key().thumbprint(), "The signature is the issuer's.")
        : failed(ProblemType.TOKEN_SIGNATURE, "The signature is not the issuer's.");
  }

  /// Whether the issuer still has the key; not, as long as nobody can tell.
  boolean has(ConfigFacts config, String thumbprint) {
    try {
      return isKeyOf(config, thumbprint);
    } catch (JwksUnavailableException e) {
      return false;
    }
  }

  private boolean isKeyOf(ConfigFacts config, String thumbprint) throws JwksUnavailableException {
    return keys.keys(config.issuer().keys()).hasThumbprint(thumbprint);
  }

  private Finding stillThere(Attempt attempt) {
    try {
      return isKeyOf(attempt.config(), attempt.keyThumbprint())
          ? passed(null, attempt.keyThumbprint(), "The key is still one of the issuer's.")
          : failed(ProblemType.TOKEN_KEY_UNKNOWN, "The issuer has withdrawn the key.")
              .because(known(attempt), attempt.keyThumbprint());
    } catch (JwksUnavailableException e) {
      return unavailable(e);
    }
  }

  private String known(Attempt attempt) {
    return switch (attempt.config().issuer().keys()) {
      case KeySource.Static(var set) -> set.toString();
      case KeySource.Url(var url) -> "keys " + keys.status(url).keyIds();
    };
  }

  private static Finding unavailable(JwksUnavailableException e) {
    return failed(
            ProblemType.ISSUER_KEYS_UNAVAILABLE, "The issuer's keys can't be fetched right now.")
        .because(null, e.reason());
  }
}
