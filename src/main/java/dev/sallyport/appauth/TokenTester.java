package dev.sallyport.appauth;

import dev.sallyport.appauth.verification.AppFacts;
import dev.sallyport.appauth.verification.Check;
import dev.sallyport.appauth.verification.ConfigFacts;
import dev.sallyport.appauth.verification.Explanation;
import dev.sallyport.appauth.verification.IssuerFacts;
import dev.sallyport.appauth.verification.TokenVerifier;
import dev.sallyport.appauth.verification.Verdict;
import dev.sallyport.appauth.verification.VerifiedToken;
import dev.sallyport.audit.AuditEntry;
import dev.sallyport.audit.AuditEventName;
import dev.sallyport.audit.AuditLog;
import dev.sallyport.authz.Access;
import dev.sallyport.authz.Permission;
import dev.sallyport.authz.RequiresPermission;
import dev.sallyport.config.Settings;
import dev.sallyport.issuers.IssuerDetails;
import dev.sallyport.issuers.IssuerService;
import dev.sallyport.problem.FieldErrors;
import dev.sallyport.problem.ProblemType;
import dev.sallyport.problem.SallyportException;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The dry run of a token: every check with what it expected and found. The token is neither stored
/// nor logged; it is the verifier of real calls that answers.
@Stateless
public class TokenTester {
  @Inject TokenVerifier verifier;
  @Inject Trust trust;
  @Inject AppAuthConfigService configs;
  @Inject IssuerService issuers;
  @Inject AuditLog audit;
  @Inject Access access;
  @Inject Clock clock;
  @Inject Settings settings;

  /// What came out. `code` is the reason that the call would be refused with; absent when the token
  /// is accepted. `user`, `subject` and `client` are what it means here.
  public record Answer(
      boolean accepted,
      @Nullable String code,
      @Nullable String detail,
      @Nullable String config,
      @Nullable String user,
      @Nullable String subject,
      @Nullable String client,
      List<Check> checks) {}

  /// Tries a token at an app, with the configs that stand, or with one that is not stored yet.
  @RequiresPermission(value = Permission.APP_AUTH_CONFIG_TEST, scoped = true)
  public Answer test(
      @Nullable String app, @Nullable String jwt, @Nullable AppAuthConfigInput draft) {
    AppTrust entrance = entrance(app);
    AppFacts facts = entrance.facts();
    return draft == null
        ? answer(facts, verifier.explain(facts, trust.current().configs(), given(jwt)))
        : answer(facts, verifier.explain(facts, facts(draft), given(jwt)));
  }

  /// Tries a token with one stored config alone.
  @RequiresPermission(value = Permission.APP_AUTH_CONFIG_TEST, scoped = true)
  public Answer testStored(String configId, @Nullable String app, @Nullable String jwt) {
    AppAuthConfigDetails config = configs.toTest(configId);
    AppFacts facts = entrance(app).facts();
    return answer(facts, verifier.explain(facts, named(config), given(jwt)));
  }

  private AppTrust entrance(@Nullable String app) {
    AppTrust found = trust.current().app(String.valueOf(app));
    if (found == null || !inScope(found)) {
      throw SallyportException.invalid("app", "must be the name of an app.");
    }
    return found;
  }

  private boolean inScope(AppTrust app) {
    return access.scope(Permission.APP_AUTH_CONFIG_TEST).covers(app.facts().labels());
  }

  private ConfigFacts named(AppAuthConfigDetails config) {
    return trust.current().configs().stream()
        .filter(known -> known.id().equals(config.id()))
        .findFirst()
        .orElseThrow(
            () -> new SallyportException(ProblemType.NOT_CURRENT, ProblemType.NOT_CURRENT.cause()));
  }

  private static String given(@Nullable String jwt) {
    if (jwt == null || jwt.isBlank()) {
      throw SallyportException.invalid("jwt", "must be the token to try.");
    }
    return jwt.strip();
  }

  private Answer answer(AppFacts app, Explanation explanation) {
    Answer answer = answer(explanation);
    audit.record(
        AuditEntry.success(AuditEventName.CONFIG_TESTED)
            .on("app", app.id(), app.name())
            .with("accepted", answer.accepted())
            .with("code", answer.code()));
    return answer;
  }

  private static Answer answer(Explanation explanation) {
    return switch (explanation.verdict()) {
      case Verdict.Accepted(VerifiedToken token) ->
          new Answer(
              true,
              null,
              null,
              token.config().name(),
              token.username(),
              token.subject(),
              token.client(),
              explanation.checks());
      case Verdict.Refused refused ->
          new Answer(
              false,
              refused.code().code(),
              refused.publicDetail(),
              refused.facts().config(),
              null,
              refused.facts().sub(),
              refused.facts().client(),
              explanation.checks());
    };
  }

  /// A draft may name a known issuer, or bring the keys of a new one.
  private ConfigFacts facts(AppAuthConfigInput draft) {
    var errors = new FieldErrors();
    CheckedConfig checked = new ConfigCheck(draft, errors).check();
    errors.throwIfAny();
    AppAuthConfigInput.JwtInput jwt = Objects.requireNonNull(draft.jwt());
    IssuerDetails issuer = issuers.draft(AppAuthConfigService.issuerOf(draft, settings), "jwt.");
    AppAuthConfig config = new AppAuthConfig(checked, issuer.id(), clock.instant());
    IssuerFacts facts =
        new IssuerFacts(
            issuer.id(),
            String.valueOf(jwt.issuer()),
            issuer.subjectClaim(),
            TrustBuilder.keys(issuer));
    return TrustBuilder.facts(config.details(issuer.issuer()), facts);
  }
}
