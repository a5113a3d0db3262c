package dev.sallyport.apikeys;

import dev.sallyport.apikeys.KeyChange.Narrowing;
import dev.sallyport.apikeys.KeyChange.Rotation;
import dev.sallyport.audit.AuditEntry;
import dev.sallyport.audit.AuditEventName;
import dev.sallyport.audit.AuditLog;
import dev.sallyport.authz.ActorKind;
import dev.sallyport.authz.CallContext;
import dev.sallyport.authz.CredentialReplaced;
import dev.sallyport.authz.Permission;
import dev.sallyport.authz.RequiresPermission;
import dev.sallyport.authz.Scope;
import dev.sallyport.crypto.RandomTokens;
import dev.sallyport.crypto.Secret;
import dev.sallyport.problem.FieldErrors;
import dev.sallyport.problem.ProblemType;
import dev.sallyport.problem.SallyportException;
import dev.sallyport.roles.Assignments;
import dev.sallyport.roles.Conferral;
import dev.sallyport.roles.RoleDirectory;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Changes keys in place. Whoever does must hold what the key holds: a new value of a stronger key
/// would be a promotion.
@Stateless
public class KeyChangeService {
  private static final Duration LONGEST = Duration.ofDays(7);

  @Inject ApiKeyStore store;
  @Inject ApiKeyList list;
  @Inject KeyCheck check;
  @Inject Clock clock;
  @Inject RoleDirectory roles;
  @Inject Conferral conferral;
  @Inject Assignments assignments;
  @Inject AuditLog audit;
  @Inject Event<CredentialReplaced> replaced;

  /// Gives a key a new value; the answer shows it once.
  @RequiresPermission(Permission.AUTH_KEY_ROTATE)
  public CreatedKey rotate(String id, Rotation wanted) {
    ApiKeySummary key = held(id);
    var errors = new FieldErrors();
    Duration overlap = overlap(wanted.overlap(), errors);
    Instant renewed = wanted.expiresAt();
    check.expiry(renewed, errors);
    errors.addIf(
        renewed != null && CallContext.current().actor().id().equals(id),
        "expiresAt",
        "can't be moved by the key itself.");
    // What it held went with it.
    errors.addIf(
        key.state().equals(ApiKeySummary.EXPIRED),
        "expiresAt",
        "has passed: the key is over. Make a new one.");
    errors.throwIfAny();
    requireAsLong(key, renewed == null ? key.expiresAt() : renewed);
    Instant now = clock.instant();
    Secret value = RandomTokens.credential(ApiKeyService.PREFIX);
    store.endValues(id, now.plus(overlap));
    store.addValue(id, value, now);
    if (overlap.isZero()) {
      replaced.fire(new CredentialReplaced(kind(key), id));
    }
    if (renewed != null) {
      renew(key, renewed);
    }
    audit.record(
        AuditEntry.success(AuditEventName.KEY_ROTATED)
            .on("api_key", id, key.name())
            .with("overlap", overlap)
            .with("expiresAt", renewed));
    return new CreatedKey(found(id), value);
  }

  /// Whoever learns the new value may do what the key may, for as long as it lives.
  private void requireAsLong(ApiKeySummary key, @Nullable Instant until) {
    if (!CallContext.current().actor().id().equals(key.id())) {
      conferral.requireUntil(moment -> roles.grantsOf(kind(key), key.id(), moment), until);
    }
  }

  private void renew(ApiKeySummary key, Instant expiresAt) {
    store.setExpiry(key.id(), expiresAt);
    String role = key.role();
    if (role != null) {
      assignments.setOfKey(kind(key), key.id(), role, scopeOf(key), expiresAt);
    }
  }

  private static Duration overlap(@Nullable String text, FieldErrors errors) {
    try {
      Duration overlap = text == null ? Duration.ZERO : Duration.parse(text);
      if (!overlap.isNegative() && overlap.compareTo(LONGEST) <= 0) {
        return overlap;
      }
    } catch (DateTimeParseException e) {
      // the one sentence below says what an overlap looks like
    }
    errors.add("overlap", "must be a duration such as PT24H, at most P7D.");
    return Duration.ZERO;
  }

  /// Gives a key less than it has.
  @RequiresPermission(Permission.AUTH_KEY_ROTATE)
  public ApiKeySummary narrow(String id, Narrowing wanted) {
    assignments.lockAdmins();
    ApiKeySummary key = held(id);
    String present = key.role();
    if (present == null) {
      throw SallyportException.invalid("role", "is none any more: there is nothing to narrow.");
    }
    var errors = new FieldErrors();
    errors.addIf(
        wanted.role() == null && wanted.scope() == null, "role", "or scope must be given.");
    String role = Objects.requireNonNullElse(wanted.role(), present);
    Scope scope = wanted.scope() == null ? scopeOf(key) : check.scope(role, wanted.scope(), errors);
    errors.addIf(!roles.exists(role), "role", "must be one of " + names() + ".");
    errors.throwIfAny();
    requireLess(roles.grantsOfRole(role, scope), roles.grantsOfRole(present, scopeOf(key)));
    assignments.setOfKey(kind(key), id, role, scope, key.expiresAt());
    if (key.roles().contains(RoleDirectory.ADMIN)) {
      assignments.requireAnAdminLeft();
    }
    audit.record(
        AuditEntry.success(AuditEventName.KEY_NARROWED)
            .on("api_key", id, key.name())
            .with("role", role)
            .with("roleBefore", present)
            .with("scope", wanted.scope()));
    return found(id);
  }

  private String names() {
    return String.join(", ", roles.ids());
  }

  private static void requireLess(Map<Permission, Scope> wanted, Map<Permission, Scope> present) {
    Optional<Permission> more =
        wanted.entrySet().stream()
            .filter(e -> !present.getOrDefault(e.getKey(), Scope.NOTHING).covers(e.getValue()))
            .map(Map.Entry::getKey)
            .sorted()
            .findFirst();
    if (more.isPresent()) {
      throw SallyportException.invalid(
          "role",
          "would hold " + more.get().permissionName() + " where the key does not; make a new key.");
    }
  }

  /// The key, if the caller holds all that it holds.
  private ApiKeySummary held(String id) {
    store.lock(id);
    ApiKeySummary key = found(id);
    conferral.requireHeld(roles.grantsOf(kind(key), id));
    return key;
  }

  private ApiKeySummary found(String id) {
    return list.byId(id)
        .orElseThrow(
            () -> new SallyportException(ProblemType.NOT_FOUND, "There is no key " + id + "."));
  }

  private static ActorKind kind(ApiKeySummary key) {
    return ActorKind.ofCode(key.kind());
  }

  private static Scope scopeOf(ApiKeySummary key) {
    Map<String, List<String>> selector = key.scope();
    return selector == null ? Scope.EVERYTHING : Scope.of(selector);
  }
}
