package dev.sallyport.apikeys;

import dev.sallyport.authz.ActorKind;
import dev.sallyport.authz.Scope;
import dev.sallyport.problem.FieldErrors;
import dev.sallyport.problem.PlainText;
import dev.sallyport.problem.ProblemType;
import dev.sallyport.problem.SallyportException;
import dev.sallyport.roles.RoleDirectory;
import dev.sallyport.roles.Selectors;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What must hold of a key before it is made or changed; every wrong field is named.
@ApplicationScoped
class KeyCheck {
  private static final Set<ActorKind> KINDS =
      EnumSet.of(ActorKind.API_KEY, ActorKind.PROXY, ActorKind.WORKLOAD);

  @Inject Clock clock;
  @Inject RoleDirectory roles;
  @Inject ApiKeyStore store;

  /// Refuses a key that can't be made; answers where it will act.
  Scope check(NewKey wanted) {
    var errors = new FieldErrors();
    errors.addIf(
        wanted.name().isBlank() || wanted.name().length() > 100 || !PlainText.isLine(wanted.name()),
        "name",
        "must have 1 to 100 characters, none of them a control character.");
    errors.addIf(!KINDS.contains(wanted.kind()), "kind", "must be api-key, proxy or workload.");
    expiry(wanted.expiresAt(), errors);
    Scope scope = scope(wanted.role(), wanted.scope(), errors);
    errors.throwIfAny();
    if (store.isTaken(wanted.name())) {
      throw new SallyportException(
          ProblemType.NAME_TAKEN, "There is a key named " + wanted.name() + " already.");
    }
    return scope;
  }

  /// Where a key of this role will act.
  Scope scope(String role, @Nullable Map<String, List<String>> selector, FieldErrors errors) {
    boolean isRole = roles.exists(role);
    errors.addIf(!isRole, "role", "must be one of " + String.join(", ", roles.ids()) + ".");
    var own = new FieldErrors();
    Scope scope = Selectors.scope(selector, "scope", own);
    own.list().forEach(problem -> errors.add(problem.field(), problem.detail()));
    errors.addIf(
        isRole && own.isEmpty() && selector != null && roles.grantsOfRole(role, scope).isEmpty(),
        "scope",
        "would leave nothing: what the role holds can't be limited by labels.");
    return scope;
  }

  void expiry(@Nullable Instant expiry, FieldErrors errors) {
    errors.addIf(
        expiry != null && !expiry.isAfter(clock.instant()), "expiresAt", "must lie in the future.");
  }
}
