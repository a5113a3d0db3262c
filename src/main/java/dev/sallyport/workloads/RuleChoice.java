package dev.sallyport.workloads;

import dev.sallyport.jose.Claims;
import java.util.List;

/// Which rule a verified token meets: the one with the most conditions. Two with equally many would
/// leave it to chance which role the workload gets, so neither is taken.
sealed interface RuleChoice {
  record Found(WorkloadRuleDetails rule) implements RuleChoice {}

  record None() implements RuleChoice {}

  record Tie() implements RuleChoice {}

  static RuleChoice of(List<WorkloadRuleDetails> rules, Claims claims) {
    List<WorkloadRuleDetails> met =
        rules.stream()
            .filter(rule -> claims.stringList("aud").contains(rule.audience()))
            .filter(rule -> rule.conditions().stream().allMatch(c -> c.isMet(claims)))
            .toList();
    int most = met.stream().mapToInt(rule -> rule.conditions().size()).max().orElse(0);
    List<WorkloadRuleDetails> best =
        met.stream().filter(rule -> rule.conditions().size() == most).toList();
    return switch (best.size()) {
      case 0 -> new None();
      case 1 -> new Found(best.getFirst());
      default -> new Tie();
    };
  }
}
