package dev.sallyport.login.flow;

import dev.sallyport.crypto.Secret;
import dev.sallyport.jose.AccessTokenBinding;
import dev.sallyport.jose.Claims;
import dev.sallyport.jose.JwksCache;
import dev.sallyport.jose.JwksUnavailableException;
import dev.sallyport.jose.KeyChoice;
import dev.sallyport.jose.KeySource;
import dev.sallyport.jose.ParsedToken;
import dev.sallyport.jose.SigningAlgorithm;
import dev.sallyport.jose.TokenSyntax;
import dev.sallyport.problem.ProblemType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Checks an ID token as OpenID Connect Core 1.0 section 3.1.3.7 says, the first failure first.
final class IdTokenCheck {
  private static final Duration LEEWAY = Duration.ofSeconds(60);

  /// What the token must say. Without an access token there is nothing to bind.
  record Expected(
      String issuer,
      String clientId,
      String nonce,
      Duration iatWindow,
      boolean requireAtHash,
      @Nullable Secret accessToken) {}

  /// The answer.
  sealed interface Verdict {
    record Accepted(Claims claims) implements Verdict {}

    record Refused(ProblemType code) implements Verdict {}
  }

  private final JwksCache keys;
  private final Clock clock;

  IdTokenCheck(JwksCache keys, Clock clock) {
    this.keys = keys;
    this.clock = clock;
  }

  Verdict check(Secret raw, KeySource source, Expected expected) {
    if (!(TokenSyntax.read(raw.reveal()) instanceof TokenSyntax.Parsed(ParsedToken token))) {
      return new Verdict.Refused(isUnsigned(raw));
    }
    SigningAlgorithm algorithm = SigningAlgorithm.of(token.header().alg());
    if (algorithm == null) {
      return new Verdict.Refused(ProblemType.SIGN_IN_TOKEN_ALGORITHM);
    }
    ProblemType wrong = signature(token, algorithm, source);
    wrong = wrong != null ? wrong : receiver(token.claims(), expected);
    wrong = wrong != null ? wrong : binding(token.claims(), algorithm, expected);
    wrong = wrong != null ? wrong : times(token.claims(), expected);
    wrong = wrong != null ? wrong : nonce(token.claims(), expected);
    return wrong == null ? new Verdict.Accepted(token.claims()) : new Verdict.Refused(wrong);
  }

  // `none` has an empty third part, which is no JWT to our reader; the reason should say so.
  private static ProblemType isUnsigned(Secret raw) {
    return raw.reveal().endsWith(".") && raw.reveal().chars().filter(c -> c == '.').count() == 2
        ? ProblemType.SIGN_IN_TOKEN_ALGORITHM
        : ProblemType.SIGN_IN_TOKEN_MALFORMED;
  }

  private @Nullable ProblemType signature(
      ParsedToken token, SigningAlgorithm algorithm, KeySource source) {
    try {
      return switch (keys.choose(source, token.header().kid(), algorithm)) {
        case KeyChoice.NotFound _ -> ProblemType.SIGN_IN_TOKEN_KEY_UNKNOWN;
        case KeyChoice.Found(var key) ->
            key.verifies(algorithm, token) ? null : ProblemType.SIGN_IN_TOKEN_SIGNATURE;
      };
    } catch (JwksUnavailableException e) {
      return ProblemType.SIGN_IN_KEYS_UNAVAILABLE;
    }
  }

  private static @Nullable ProblemType receiver(Claims claims, Expected expected) {
    if (!expected.issuer.equals(claims.string("iss"))) {
      return ProblemType.SIGN_IN_TOKEN_ISSUER;
    }
    List<String> audience = claims.stringList("aud");
    if (!audience.contains(expected.clientId)) {
      return ProblemType.SIGN_IN_TOKEN_AUDIENCE;
    }
    boolean isWrongParty =
        claims.present("azp")
            ? !expected.clientId.equals(claims.string("azp"))
            : audience.size() > 1;
    return isWrongParty ? ProblemType.SIGN_IN_TOKEN_AZP : null;
  }

  private static @Nullable ProblemType binding(
      Claims claims, SigningAlgorithm algorithm, Expected expected) {
    Secret accessToken = expected.accessToken;
    if (accessToken == null || (!claims.present("at_hash") && !expected.requireAtHash)) {
      return null;
    }
    String hash = Objects.requireNonNullElse(claims.string("at_hash"), "");
    return AccessTokenBinding.holds(hash, algorithm, accessToken)
        ? null
        : ProblemType.SIGN_IN_TOKEN_AT_HASH;
  }

  private @Nullable ProblemType times(Claims claims, Expected expected) {
    Instant now = clock.instant();
    Instant expires = claims.instant("exp");
    if (expires == null || !now.isBefore(expires.plus(LEEWAY))) {
      return ProblemType.SIGN_IN_TOKEN_EXPIRED;
    }
    Instant issued = claims.instant("iat");
    boolean isOff =
        issued == null
            || issued.isAfter(now.plus(LEEWAY))
            || issued.isBefore(now.minus(expected.iatWindow));
    return isOff ? ProblemType.SIGN_IN_TOKEN_TIME : null;
  }

  private static @Nullable ProblemType nonce(Claims claims, Expected expected) {
    String nonce = claims.string("nonce");
    // Secrets compare in constant time.
    return nonce != null && new Secret(nonce).equals(new Secret(expected.nonce))
        ? null
        : ProblemType.SIGN_IN_TOKEN_NONCE;
  }
}
