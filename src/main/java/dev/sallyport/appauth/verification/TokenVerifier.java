package dev.sallyport.appauth.verification;

import dev.sallyport.jose.Claims;
import dev.sallyport.jose.JwksCache;
import dev.sallyport.jose.TokenHeader;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Decides about tokens. Blocks only to fetch an issuer's keys.
public final class TokenVerifier {
  private final OwnIssuers own;
  private final Clock clock;
  private final EntryRules entry;
  private final KeyRules keys;
  private final PersonRules persons;
  private final PolicyRules policy;
  private final List<Rule> policyAgain;
  private final List<Rule> signInPolicy;
  private final List<Rule> personPolicy;

  public TokenVerifier(JwksCache keys, OwnIssuers own, Clock clock) {
    this.own = own;
    this.clock = clock;
    this.entry = new EntryRules(own);
    this.keys = new KeyRules(keys);
    this.persons = new PersonRules(own);
    this.policy = new PolicyRules(own);
    this.policyAgain =
        Stream.of(
                Stream.of(entry.decidingConfig()),
                entry.rules().stream().filter(Rule::policy),
                Stream.of(this.keys.keyStillThere()),
                persons.rules().stream(),
                policy.rules().stream())
            .flatMap(rules -> rules)
            .toList();
    this.signInPolicy = forSignIns(policy.rules());
    this.personPolicy = forSignIns(List.of(policy.people()));
  }

  private List<Rule> forSignIns(List<Rule> last) {
    return Stream.of(List.of(entry.decidingConfig()), persons.rules(), last)
        .flatMap(List::stream)
        .toList();
  }

  /// Verifies a token for an app. `alreadyAttached` is asked only for a good token that is older
  /// than the config allows: one that belongs to a live session is exempt.
  public Verdict verify(
      AppFacts app,
      Collection<ConfigFacts> configs,
      String rawToken,
      Supplier<Boolean> alreadyAttached) {
    List<Rule> rules = rules(List.of(entry.decidingConfig()), rawToken, alreadyAttached);
    return decide(new Attempt(app, configs, clock.instant()), rules);
  }

  /// The same with every check listed. Fetches keys like a real call, and changes nothing.
  public Explanation explain(AppFacts app, Collection<ConfigFacts> configs, String rawToken) {
    return explain(app, configs, rules(List.of(entry.decidingConfig()), rawToken, () -> false));
  }

  /// The same by one config, even if it could not decide: that is a check of its own.
  public Explanation explain(AppFacts app, ConfigFacts named, String rawToken) {
    return explain(app, List.of(named), rules(entry.namedConfig(named), rawToken, () -> false));
  }

  private Explanation explain(AppFacts app, Collection<ConfigFacts> configs, List<Rule> rules) {
    Attempt attempt = new Attempt(app, configs, clock.instant());
    List<Check> checks = new ArrayList<>();
    Verdict verdict = null;
    for (Rule rule : rules) {
      Finding finding = attempt.has(rule.needs()) ? rule.test().apply(attempt) : null;
      checks.add(check(rule, finding));
      if (verdict == null && finding instanceof Finding.Failed failed) {
        verdict = refused(attempt, rule, failed);
      }
    }
    return new Explanation(
        checks, verdict == null ? new Verdict.Accepted(attempt.result(own)) : verdict);
  }

  /// Whether the deciding config's issuer signed the token for this app, whatever else is wrong.
  public boolean isSigned(AppFacts app, Collection<ConfigFacts> configs, String rawToken) {
    Attempt attempt = new Attempt(app, configs, clock.instant());
    return Stream.of(
            List.of(entry.syntax(rawToken), entry.decidingConfig()), entry.rules(), keys.rules())
        .flatMap(List::stream)
        .noneMatch(rule -> rule.test().apply(attempt) instanceof Finding.Failed);
  }

  /// What today's configs say about a token that was verified before; signature and times are not
  /// looked at again. Another subject than before is a refusal, because a session is one person's.
  public Verdict reEvaluate(VerifiedToken token, AppFacts app, Collection<ConfigFacts> configs) {
    Attempt attempt = new Attempt(app, configs, clock.instant());
    attempt.verified(token);
    List<Rule> rules = new ArrayList<>(token.isSignIn() ? signInPolicy : policyAgain);
    rules.add(persons.sameAs(token));
    return decide(attempt, rules);
  }

  /// Whether a token of this issuer that was let in on these grounds would be today, for whoever
  /// has nothing but its hash. A doubt is a no: with the token itself, the answer may be another.
  public boolean stands(
      Grounds grounds, String iss, AppFacts app, Collection<ConfigFacts> configs) {
    ConfigFacts config = ConfigChoice.choose(app, configs, iss);
    String thumbprint = grounds.keyThumbprint();
    return config != null
        && Grounds.rules(app, config).equals(grounds.rules())
        && (thumbprint == null || keys.has(config, thumbprint));
  }

  /// Whether somebody who has signed in in the browser may enter: the deciding config and its
  /// rules, as for a token. Nothing of what makes an access token is asked, and no token is read.
  public Verdict admit(SignInFacts signIn, AppFacts app, Collection<ConfigFacts> configs) {
    Attempt attempt = new Attempt(app, configs, clock.instant());
    attempt.signedIn(signIn);
    return decide(attempt, signInPolicy);
  }

  /// Whether the deciding config lets the person in, if their agent brings a token as it must be.
  public boolean letsIn(SignInFacts signIn, AppFacts app, Collection<ConfigFacts> configs) {
    Attempt attempt = new Attempt(app, configs, clock.instant());
    attempt.signedIn(signIn);
    return decide(attempt, personPolicy) instanceof Verdict.Accepted;
  }

  private List<Rule> rules(List<Rule> choice, String rawToken, Supplier<Boolean> alreadyAttached) {
    List<Rule> rules = new ArrayList<>();
    rules.add(entry.syntax(rawToken));
    rules.addAll(choice);
    rules.addAll(entry.rules());
    rules.addAll(TimeRules.early());
    rules.addAll(keys.rules());
    rules.addAll(TimeRules.late(alreadyAttached));
    rules.addAll(persons.rules());
    rules.addAll(policy.rules());
    return rules;
  }

  private Verdict decide(Attempt attempt, List<Rule> rules) {
    for (Rule rule : rules) {
      if (rule.test().apply(attempt) instanceof Finding.Failed failed) {
        return refused(attempt, rule, failed);
      }
    }
    return new Verdict.Accepted(attempt.result(own));
  }

  private Verdict refused(Attempt attempt, Rule rule, Finding.Failed failed) {
    Claims claims = attempt.claimsIfRead();
    TokenHeader header = attempt.header();
    ConfigFacts config = attempt.configIfChosen();
    RefusalFacts facts =
        new RefusalFacts(
            claims == null ? null : claims.string("iss"),
            claims == null ? List.of() : claims.stringList("aud"),
            claims == null ? null : claims.string("sub"),
            header == null ? null : header.kid(),
            claims == null ? null : TokenFacts.client(claims, own),
            config == null ? null : config.name(),
            rule.name(),
            failed.expected(),
            failed.found());
    return new Verdict.Refused(failed.code(), failed.sentence(), failed.scopes(), facts);
  }

  private static Check check(Rule rule, @Nullable Finding finding) {
    return switch (finding) {
      case null ->
          new Check(
              rule.name(),
              Check.Outcome.SKIPPED,
              null,
              null,
              "Not checked: something before it failed.");
      case Finding.Failed(var code, var sentence, var scopes, var expected, var found) ->
          new Check(rule.name(), Check.Outcome.FAILED, expected, found, sentence);
      case Finding.Passed(var expected, var found, var sentence) ->
          new Check(rule.name(), Check.Outcome.PASSED, expected, found, sentence);
    };
  }
}
