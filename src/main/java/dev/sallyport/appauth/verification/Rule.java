package dev.sallyport.appauth.verification;

import java.util.Set;
import java.util.function.Function;

/// One rule. `needs` says what an earlier rule must have put into the attempt; `policy` marks the
/// rules that a change of trust can turn, which are run again over tokens verified before.
record Rule(String name, Set<Part> needs, boolean policy, Function<Attempt, Finding> test) {
  /// What rules leave for later rules.
  enum Part {
    TOKEN,
    CONFIG,
    ALGORITHM,
    AUDIENCE,
    KEY
  }

  static Rule once(String name, Set<Part> needs, Function<Attempt, Finding> test) {
    return new Rule(name, needs, false, test);
  }

  static Rule policy(String name, Set<Part> needs, Function<Attempt, Finding> test) {
    return new Rule(name, needs, true, test);
  }
}
