package dev.sallyport.appauth.verification;

import dev.sallyport.apps.LabelPattern;
import dev.sallyport.jose.Claims;
import dev.sallyport.problem.FieldErrors;
import java.util.List;
import java.util.stream.Collectors;

/// A rule that lets a token in: some value of the claim (a string or a list of them) matches one of
/// the patterns (literal, glob, `^regex$`). Of several rules of a config one is enough.
public record AllowRule(String claim, List<LabelPattern> anyOf) {
  public AllowRule {
    anyOf = List.copyOf(anyOf);
  }

  /// A rule that [#check] has found right.
  public static AllowRule of(String claim, List<String> anyOf) {
    return new AllowRule(claim, anyOf.stream().map(LabelPattern::of).toList());
  }

  /// Adds what is wrong with a rule, with paths such as `allow[0].anyOf[1]`.
  public static void check(String claim, List<String> anyOf, String field, FieldErrors errors) {
    errors.addIf(claim.isBlank(), field + ".claim", "must name a claim");
    errors.addIf(anyOf.isEmpty(), field + ".anyOf", "must have at least one value");
    for (int i = 0; i < anyOf.size(); i++) {
      String fault = LabelPattern.fault(anyOf.get(i));
      if (fault != null) {
        errors.add(field + ".anyOf[" + i + "]", fault);
      }
    }
  }

  /// Whether a value of the claim matches.
  public boolean letsIn(Claims claims) {
    return claims.stringList(claim).stream()
        .anyMatch(value -> anyOf.stream().anyMatch(pattern -> pattern.matches(value)));
  }

  /// The rule for people: `groups any of [eng-*]`.
  public String text() {
    return claim
        + " any of "
        + anyOf.stream().map(LabelPattern::text).collect(Collectors.joining(", ", "[", "]"));
  }
}
