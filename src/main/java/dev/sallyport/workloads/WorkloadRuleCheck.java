package dev.sallyport.workloads;

import dev.sallyport.appauth.verification.AllowRule;
import dev.sallyport.authz.Permission;
import dev.sallyport.authz.Scope;
import dev.sallyport.issuers.IssuerDetails;
import dev.sallyport.issuers.IssuerService;
import dev.sallyport.problem.FieldErrors;
import dev.sallyport.problem.PlainText;
import dev.sallyport.roles.RoleDirectory;
import dev.sallyport.roles.Selectors;
import dev.sallyport.workloads.WorkloadRuleInput.ConditionInput;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What must hold of a rule before it is written; every wrong field is named.
@ApplicationScoped
class WorkloadRuleCheck {
  private static final int MAX_CONDITIONS = 20;
  private static final int MAX_PATTERNS = 50;

  @Inject IssuerService issuers;
  @Inject RoleDirectory roles;
  @Inject Clock clock;

  CheckedRule check(WorkloadRuleInput input) {
    var errors = new FieldErrors();
    String name = line(input.name(), 100, "name", errors);
    String issuerId = issuer(input, errors);
    String audience = line(input.audience(), 1_000, "audience", errors);
    List<Condition> conditions = conditions(input.conditions(), errors);
    Scope scope = scope(input, errors);
    errors.addIf(
        input.expiresAt() != null && !input.expiresAt().isAfter(clock.instant()),
        "expiresAt",
        "must lie in the future.");
    errors.throwIfAny();
    return new CheckedRule(
        name,
        issuerId,
        audience,
        conditions,
        Objects.requireNonNull(input.role()),
        scope,
        !Boolean.FALSE.equals(input.enabled()),
        input.expiresAt());
  }

  private static String line(@Nullable String text, int longest, String field, FieldErrors errors) {
    String value = Objects.requireNonNullElse(text, "").strip();
    errors.addIf(
        value.isEmpty() || value.length() > longest || !PlainText.isLine(value),
        field,
        "must have 1 to " + longest + " characters, none of them a control character.");
    return value;
  }

  private String issuer(WorkloadRuleInput input, FieldErrors errors) {
    boolean isOne = (input.issuer() == null) != (input.issuerId() == null);
    String field = input.issuerId() == null ? "issuer" : "issuerId";
    List<IssuerDetails> known =
        issuers.all().stream()
            .filter(i -> i.issuer().equals(input.issuer()) || i.id().equals(input.issuerId()))
            .toList();
    errors.addIf(!isOne, field, "or the other of issuer and issuerId must be given, not both.");
    errors.addIf(
        isOne && known.isEmpty(), field, "must be a known issuer; register it at issuers first.");
    return known.isEmpty() ? "" : known.getFirst().id();
  }

  private static List<Condition> conditions(
      @Nullable List<ConditionInput> inputs, FieldErrors errors) {
    List<ConditionInput> given = Objects.requireNonNullElse(inputs, List.of());
    errors.addIf(given.size() > MAX_CONDITIONS, "conditions", "must be at most 20.");
    var own = new FieldErrors();
    List<Condition> conditions = new ArrayList<>();
    for (int i = 0; i < given.size(); i++) {
      condition(given.get(i), "conditions[" + i + "]", own).ifPresent(conditions::add);
    }
    own.list().forEach(problem -> errors.add(problem.field(), problem.detail()));
    errors.addIf(
        own.isEmpty() && conditions.stream().noneMatch(Condition::isBinding),
        "conditions",
        "must hold one on a claim other than iss and aud whose values are exact, begin with"
            + " something fixed, or are a ^regular expression$ that not every text matches:"
            + " everybody at the issuer could come in else.");
    return conditions;
  }

  private static Optional<Condition> condition(
      @Nullable ConditionInput input, String field, FieldErrors errors) {
    String claim = input == null ? null : input.claim();
    List<String> values = input == null ? null : input.anyOf();
    if (claim == null || values == null || values.stream().anyMatch(Objects::isNull)) {
      errors.add(field, "must name a claim and the values of which one must match.");
      return Optional.empty();
    }
    int before = errors.list().size();
    errors.addIf(
        claim.length() > 255 || !PlainText.isLine(claim),
        field + ".claim",
        "must be the name of a claim.");
    errors.addIf(values.size() > MAX_PATTERNS, field + ".anyOf", "must hold at most 50 values.");
    errors.addIf(
        !values.stream().allMatch(PlainText::isLine),
        field + ".anyOf",
        "must hold no control characters.");
    AllowRule.check(claim, values, field, errors);
    return errors.list().size() > before
        ? Optional.empty()
        : Optional.of(new Condition(claim, values));
  }

  private Scope scope(WorkloadRuleInput input, FieldErrors errors) {
    String role = Objects.requireNonNullElse(input.role(), "");
    boolean isRole = roles.exists(role);
    errors.addIf(!isRole, "role", "must be one of " + String.join(", ", roles.ids()) + ".");
    errors.addIf(
        roles.permissionsOf(role).containsAll(EnumSet.allOf(Permission.class)),
        "role",
        "holds everything; workloads get less.");
    var own = new FieldErrors();
    Scope scope = Selectors.scope(input.scope(), "scope", own);
    own.list().forEach(problem -> errors.add(problem.field(), problem.detail()));
    errors.addIf(
        isRole && own.isEmpty() && roles.grantsOfRole(role, scope).isEmpty(),
        "scope",
        "would leave nothing: what the role holds can't be limited by labels.");
    return scope;
  }
}
