package dev.sallyport.workloads;

import dev.sallyport.appauth.IssuerTokens;
import dev.sallyport.appauth.verification.OwnIssuers;
import dev.sallyport.appauth.verification.Verdict;
import dev.sallyport.authz.Authentication;
import dev.sallyport.authz.Authentication.Known;
import dev.sallyport.authz.Authentication.NotMine;
import dev.sallyport.authz.Authentication.Refused;
import dev.sallyport.authz.Authenticator;
import dev.sallyport.authz.Credentials;
import dev.sallyport.config.Settings;
import dev.sallyport.crypto.Secret;
import dev.sallyport.issuers.IssuerDetails;
import dev.sallyport.issuers.IssuerService;
import dev.sallyport.jose.Claims;
import dev.sallyport.jose.TokenSyntax;
import dev.sallyport.problem.ProblemType;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Knows the tokens of workloads: JWTs of issuers other than this server.
@ApplicationScoped
public class WorkloadAuthenticator implements Authenticator {
  static final Duration MAX_AGE = Duration.ofMinutes(15);

  private static final Refused UNKNOWN = new Refused(ProblemType.WORKLOAD_UNKNOWN);

  @Inject WorkloadRuleStore store;
  @Inject WorkloadActors actors;
  @Inject IssuerService issuers;
  @Inject IssuerTokens tokens;
  @Inject Settings settings;

  @Override
  public Authentication authenticate(Credentials credentials) {
    Secret bearer = credentials.bearer();
    if (bearer == null
        || !(TokenSyntax.read(bearer.reveal()) instanceof TokenSyntax.Parsed(var token))) {
      return new NotMine();
    }
    String iss = token.claims().string("iss");
    if (OwnIssuers.under(settings.publicBase()).api().equals(iss)) {
      return new NotMine();
    }
    List<WorkloadRuleDetails> rules = iss == null ? List.of() : store.liveOf(iss);
    return verified(rules, token.claims(), bearer);
  }

  /// The conditions are looked at in a verified token only, so that nobody learns them by trying.
  private Authentication verified(
      List<WorkloadRuleDetails> rules, Claims unverified, Secret bearer) {
    List<String> audiences = unverified.stringList("aud");
    Optional<WorkloadRuleDetails> first =
        rules.stream().filter(rule -> audiences.contains(rule.audience())).findFirst();
    if (first.isEmpty()) {
      return UNKNOWN;
    }
    var wanted = new IssuerTokens.Wanted(issuer(first.get()), first.get().audience(), MAX_AGE);
    return switch (tokens.verify(wanted, bearer.reveal())) {
      case Verdict.Refused refused -> new Refused(refused.code());
      case Verdict.Accepted(var token) -> chosen(rules, token.claims(), token.subject());
    };
  }

  private IssuerDetails issuer(WorkloadRuleDetails rule) {
    return issuers.all().stream()
        .filter(issuer -> issuer.id().equals(rule.issuerId()))
        .findFirst()
        .orElseThrow();
  }

  private Authentication chosen(List<WorkloadRuleDetails> rules, Claims claims, String subject) {
    return switch (RuleChoice.of(rules, claims)) {
      case RuleChoice.None _ -> UNKNOWN;
      case RuleChoice.Tie _ -> new Refused(ProblemType.WORKLOAD_AMBIGUOUS);
      case RuleChoice.Found(var rule) -> {
        store.used(rule.id());
        yield actors.of(rule, subject).<Authentication>map(Known::new).orElse(UNKNOWN);
      }
    };
  }
}
