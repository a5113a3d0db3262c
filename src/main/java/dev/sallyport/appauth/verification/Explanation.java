package dev.sallyport.appauth.verification;

import java.util.List;

/// Every check of a token, and the verdict that the first failed one brings.
public record Explanation(List<Check> checks, Verdict verdict) {
  public Explanation {
    checks = List.copyOf(checks);
  }
}
