package dev.sallyport.appauth.verification;

import static dev.sallyport.appauth.verification.Finding.failed;
import static dev.sallyport.appauth.verification.Finding.passed;

import dev.sallyport.appauth.verification.Rule.Part;
import dev.sallyport.problem.ProblemType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/// The rules about time. Clocks may differ by 60 s; the age has no leeway, as it is no question of
/// clocks but of policy.
final class TimeRules {
  static final Duration LEEWAY = Duration.ofSeconds(60);

  private TimeRules() {}

  /// What can be said before the signature is checked.
  static List<Rule> early() {
    return List.of(
        Rule.once("exp", Set.of(Part.TOKEN), TimeRules::expiry),
        Rule.once("iat", Set.of(Part.TOKEN), TimeRules::issueTime));
  }

  static List<Rule> late(Supplier<Boolean> alreadyAttached) {
    return List.of(
        Rule.once("nbf", Set.of(Part.TOKEN), TimeRules::notBefore),
        Rule.once("iat-ahead", Set.of(Part.TOKEN), TimeRules::notFromFuture),
        Rule.once(
            "age", Set.of(Part.TOKEN, Part.CONFIG), attempt -> age(attempt, alreadyAttached)));
  }

  private static Finding expiry(Attempt attempt) {
    Instant exp = attempt.claims().instant("exp");
    if (exp == null) {
      return failed(ProblemType.TOKEN_EXP_MISSING, "`exp` is missing, or no usable number.");
    }
    String expected = "after " + attempt.now.minus(LEEWAY);
    return attempt.now.isAfter(exp.plus(LEEWAY))
        ? failed(ProblemType.TOKEN_EXPIRED, "The token expired at " + exp + ".")
            .because(expected, exp.toString())
        : passed(expected, exp.toString(), "The token is not expired.");
  }

  private static Finding issueTime(Attempt attempt) {
    Instant iat = attempt.claims().instant("iat");
    return iat == null
        ? failed(ProblemType.TOKEN_IAT_MISSING, "`iat` is missing, or no usable number.")
        : passed(null, iat.toString(), "The token says when it was issued.");
  }

  private static Finding notBefore(Attempt attempt) {
    Instant nbf = attempt.claims().instant("nbf");
    if (nbf == null) {
      return attempt.claims().present("nbf")
          ? failed(ProblemType.TOKEN_MALFORMED, "`nbf` is no usable number.")
          : passed("`nbf` is absent.");
    }
    return isAhead(attempt, nbf)
        ? failed(ProblemType.TOKEN_NOT_YET_VALID, "The token is valid from " + nbf + ".")
            .because(limit(attempt), nbf.toString())
        : passed(limit(attempt), nbf.toString(), "The token is valid already.");
  }

  private static Finding notFromFuture(Attempt attempt) {
    for (String name : List.of("iat", "auth_time")) {
      Instant time = attempt.claims().instant(name);
      if (time != null && isAhead(attempt, time)) {
        return failed(ProblemType.TOKEN_FROM_FUTURE, "`" + name + "` lies ahead: " + time + ".")
            .because(limit(attempt), time.toString());
      }
    }
    return passed("Neither `iat` nor `auth_time` lies ahead.");
  }

  private static Finding age(Attempt attempt, Supplier<Boolean> alreadyAttached) {
    Duration limit = attempt.config().maxTokenAge();
    Instant iat = attempt.claims().instant("iat");
    if (limit == null || iat == null) {
      return passed("The config sets no limit for the age.");
    }
    Duration age = Duration.between(iat, attempt.now);
    if (age.compareTo(limit) <= 0) {
      return passed("at most " + limit, age.toString(), "The token is young enough.");
    }
    return alreadyAttached.get()
        ? passed("at most " + limit, age.toString(), "The token opened its session in time.")
        : failed(
                ProblemType.TOKEN_TOO_OLD,
                "The token was issued too long ago to open a session; get a fresh one.")
            .because("at most " + limit, age.toString());
  }

  private static boolean isAhead(Attempt attempt, Instant time) {
    return time.isAfter(attempt.now.plus(LEEWAY));
  }

  private static String limit(Attempt attempt) {
    return "at most " + attempt.now.plus(LEEWAY);
  }
}
