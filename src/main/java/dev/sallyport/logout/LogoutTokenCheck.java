package dev.sallyport.logout;

import dev.sallyport.jose.Claims;
import dev.sallyport.jose.JwksCache;
import dev.sallyport.jose.JwksUnavailableException;
import dev.sallyport.jose.KeyChoice;
import dev.sallyport.jose.ParsedToken;
import dev.sallyport.jose.SigningAlgorithm;
import dev.sallyport.jose.TokenSyntax;
import dev.sallyport.logout.LogoutVerdict.Accepted;
import dev.sallyport.logout.LogoutVerdict.Refused;
import dev.sallyport.problem.ProblemType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Decides about logout tokens (OpenID Connect Back-Channel Logout 1.0 section 2.6). What costs
/// nothing comes first: keys are fetched only for a token that is good in all but its signature.
final class LogoutTokenCheck {
  private static final String EVENT = "http://schemas.openid.net/event/backchannel-logout";
  // Section 2.4 recommends explicit typing; a plain JWT is what older providers write.
  private static final Set<String> TYPES = Set.of("logout+jwt", "application/logout+jwt", "jwt");
  private static final Duration LEEWAY = Duration.ofSeconds(60);
  private static final int LONGEST_ID = 255;

  private final JwksCache keys;
  private final Clock clock;
  private final Duration window;

  /// `window` is how far `iat` may lie from now.
  LogoutTokenCheck(JwksCache keys, Clock clock, Duration window) {
    this.keys = keys;
    this.clock = clock;
    this.window = window;
  }

  LogoutVerdict check(String raw, Function<String, List<LogoutParty>> partiesOfIssuer) {
    return switch (TokenSyntax.read(raw)) {
      case TokenSyntax.Refused(var code, String detail) ->
          new Refused(ProblemType.LOGOUT_TOKEN_MALFORMED, detail);
      case TokenSyntax.Parsed(ParsedToken token) -> check(token, partiesOfIssuer);
    };
  }

  private LogoutVerdict check(
      ParsedToken token, Function<String, List<LogoutParty>> partiesOfIssuer) {
    ProblemType wrong = wrongByItself(token);
    if (wrong != null) {
      return new Refused(wrong);
    }
    String iss = token.claims().string("iss");
    List<LogoutParty> known = iss == null ? List.of() : partiesOfIssuer.apply(iss);
    if (iss == null || known.isEmpty()) {
      return new Refused(ProblemType.LOGOUT_TOKEN_ISSUER);
    }
    LogoutParty party = addressee(known, token.claims().stringList("aud"));
    if (party == null) {
      return new Refused(ProblemType.LOGOUT_TOKEN_AUDIENCE);
    }
    LogoutToken logout = read(token.claims(), iss, party);
    return logout == null ? new Refused(ProblemType.LOGOUT_TOKEN_SUBJECT) : verify(token, logout);
  }

  private @Nullable ProblemType wrongByItself(ParsedToken token) {
    Claims claims = token.claims();
    String type = token.header().typ();
    if (type != null && !TYPES.contains(type.toLowerCase(Locale.ROOT))) {
      return ProblemType.LOGOUT_TOKEN_TYPE;
    }
    if (SigningAlgorithm.of(token.header().alg()) == null) {
      return ProblemType.LOGOUT_TOKEN_ALGORITHM;
    }
    if (!isLogoutEvent(claims.object("events"))) {
      return ProblemType.LOGOUT_TOKEN_EVENT;
    }
    if (claims.names().contains("nonce")) {
      return ProblemType.LOGOUT_TOKEN_NONCE;
    }
    if (!isTimely(claims)) {
      return ProblemType.LOGOUT_TOKEN_TIME;
    }
    return isId(claims.string("jti")) ? null : ProblemType.LOGOUT_TOKEN_JTI;
  }

  private static boolean isLogoutEvent(@Nullable Claims events) {
    return events != null && events.names().contains(EVENT) && events.object(EVENT) != null;
  }

  private boolean isTimely(Claims claims) {
    Instant now = clock.instant();
    Instant iat = claims.instant("iat");
    if (iat == null || Duration.between(iat, now).abs().compareTo(window) > 0) {
      return false;
    }
    Instant exp = claims.instant("exp");
    return exp == null ? !claims.names().contains("exp") : now.isBefore(exp.plus(LEEWAY));
  }

  private static boolean isId(@Nullable String text) {
    return text != null && !text.isBlank() && text.length() <= LONGEST_ID;
  }

  // OpenID Connect Core section 3.1.3.7: an audience that is not ours makes the token not ours.
  private static @Nullable LogoutParty addressee(List<LogoutParty> known, List<String> audiences) {
    boolean areOurs =
        !audiences.isEmpty()
            && audiences.stream().allMatch(a -> known.stream().anyMatch(p -> p.isFor(a)));
    if (!areOurs) {
      return null;
    }
    List<LogoutParty> own = known.stream().filter(p -> audiences.contains(p.clientId())).toList();
    return LogoutParty.strictest(
        own.isEmpty()
            ? known.stream().filter(p -> audiences.stream().anyMatch(p::isFor)).toList()
            : own);
  }

  private static @Nullable LogoutToken read(Claims claims, String iss, LogoutParty party) {
    String subject = claims.string(party.subjectClaim());
    String sid = claims.string("sid");
    boolean isWrong =
        (claims.present(party.subjectClaim()) && !isId(subject))
            || (claims.present("sid") && !isId(sid))
            || (subject == null && sid == null);
    return isWrong
        ? null
        : new LogoutToken(party, iss, subject, sid, String.valueOf(claims.string("jti")));
  }

  private LogoutVerdict verify(ParsedToken token, LogoutToken logout) {
    SigningAlgorithm algorithm = SigningAlgorithm.of(token.header().alg());
    if (algorithm == null) {
      return new Refused(ProblemType.LOGOUT_TOKEN_ALGORITHM);
    }
    try {
      return switch (keys.choose(logout.party().keys(), token.header().kid(), algorithm)) {
        case KeyChoice.NotFound(String reason) -> new Refused(ProblemType.LOGOUT_TOKEN_KEY);
        case KeyChoice.Found(var key) ->
            key.verifies(algorithm, token)
                ? new Accepted(logout)
                : new Refused(ProblemType.LOGOUT_TOKEN_SIGNATURE);
      };
    } catch (JwksUnavailableException e) {
      return new Refused(
          ProblemType.ISSUER_KEYS_UNAVAILABLE, ProblemType.ISSUER_KEYS_UNAVAILABLE.cause());
    }
  }
}
