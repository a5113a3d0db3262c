package dev.sallyport.workloads;

import dev.sallyport.appauth.verification.AllowRule;
import dev.sallyport.crypto.RandomTokens;
import dev.sallyport.jose.Claims;
import dev.sallyport.persistence.Json;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What a token must say: some value of the claim matches one of the patterns (literal, glob,
/// `^regex$`).
public record Condition(String claim, List<String> anyOf) {
  private static final Set<String> SHARED = Set.of("iss", "aud");

  public Condition {
    anyOf = List.copyOf(anyOf);
  }

  boolean isMet(Claims claims) {
    return AllowRule.of(claim, anyOf).letsIn(claims);
  }

  /// Whether it tells workloads of one issuer apart: every pattern is exact or begins with
  /// something fixed, and the claim is not one that all tokens share.
  boolean isBinding() {
    return !SHARED.contains(claim) && anyOf.stream().allMatch(Condition::isAnchored);
  }

  private static boolean isAnchored(String pattern) {
    boolean isRegex = pattern.startsWith("^") && pattern.endsWith("$");
    return isRegex ? !matchesAnything(pattern) : !pattern.startsWith("*");
  }

  // Nobody could have written a pattern for this text.
  private static boolean matchesAnything(String pattern) {
    String probe = RandomTokens.id("");
    Claims claims = Claims.ofJson(Json.write(Map.of("probe", probe)));
    return AllowRule.of("probe", List.of(pattern)).letsIn(claims);
  }

  /// The condition for people: `sub is one of repo:acme/*`.
  public String text() {
    return claim + (anyOf.size() == 1 ? " is " : " is one of ") + String.join(", ", anyOf);
  }
}
