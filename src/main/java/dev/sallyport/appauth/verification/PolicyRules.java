package dev.sallyport.appauth.verification;

import static dev.sallyport.appauth.verification.Finding.failed;
import static dev.sallyport.appauth.verification.Finding.passed;

import dev.sallyport.appauth.verification.Rule.Part;
import dev.sallyport.problem.ProblemType;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// The rules for a good token of the right person: may they come in here?
final class PolicyRules {
  private static final Set<Part> ALL = Set.of(Part.TOKEN, Part.CONFIG);

  private final OwnIssuers own;

  PolicyRules(OwnIssuers own) {
    this.own = own;
  }

  List<Rule> rules() {
    return List.of(
        Rule.policy("scopes", ALL, PolicyRules::scopes),
        Rule.policy("allowed-client", ALL, this::allowedClient),
        people());
  }

  /// Whom the config lets in, whatever they come with.
  Rule people() {
    return Rule.policy("allow", ALL, PolicyRules::allow);
  }

  private static Finding scopes(Attempt attempt) {
    List<String> required = attempt.config().requiredScopes();
    List<String> scopes = TokenFacts.scopes(attempt.claims());
    return scopes.containsAll(required)
        ? passed(required.toString(), scopes.toString(), "The token has the required scopes.")
        : new Finding.Failed(
            ProblemType.INSUFFICIENT_SCOPE,
            "The token needs the scopes " + String.join(" ", required) + ".",
            required,
            required.toString(),
            scopes.toString());
  }

  private Finding allowedClient(Attempt attempt) {
    List<String> allowed = attempt.config().allowedClients();
    String client = TokenFacts.client(attempt.claims(), own);
    return allowed.isEmpty() || (client != null && allowed.contains(client))
        ? passed(allowed.toString(), client, "The client may come in.")
        : notAllowed().because("client any of " + allowed, client);
  }

  private static Finding allow(Attempt attempt) {
    List<AllowRule> rules = attempt.config().allow();
    if (rules.isEmpty()) {
      return passed("The config lets in everyone at this issuer.");
    }
    String expected = rules.stream().map(AllowRule::text).collect(Collectors.joining(" or "));
    for (AllowRule rule : rules) {
      if (rule.letsIn(attempt.claims())) {
        return passed(expected, rule.text(), "A rule lets this person in.");
      }
    }
    String found =
        rules.stream()
            .map(rule -> rule.claim() + " " + attempt.claims().stringList(rule.claim()))
            .distinct()
            .collect(Collectors.joining(", "));
    return notAllowed().because(expected, found);
  }

  private static Finding.Failed notAllowed() {
    return failed(
        ProblemType.NOT_ALLOWED, "The token is good, but it is not allowed to enter this app.");
  }
}
