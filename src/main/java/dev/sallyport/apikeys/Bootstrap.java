package dev.sallyport.apikeys;

import dev.sallyport.audit.AuditEntry;
import dev.sallyport.audit.AuditEventName;
import dev.sallyport.audit.AuditLog;
import dev.sallyport.audit.DenialQueue;
import dev.sallyport.authz.ActorKind;
import dev.sallyport.authz.CallContext;
import dev.sallyport.authz.NoPermissionNeeded;
import dev.sallyport.cluster.DatabaseReady;
import dev.sallyport.config.Settings;
import dev.sallyport.crypto.RandomTokens;
import dev.sallyport.crypto.Secret;
import dev.sallyport.persistence.Sql;
import dev.sallyport.problem.ProblemType;
import dev.sallyport.problem.SallyportException;
import dev.sallyport.roles.Assignments;
import dev.sallyport.roles.RoleDirectory;
import jakarta.annotation.Priority;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// The first way in, and the way back in. Bootstrap trades the operator's one-time token for the
/// first admin key, once; recovery makes the operator's own value an admin key for an hour.
@Stateless
@NoPermissionNeeded("The operator's token is the permission.")
public class Bootstrap {
  private static final Logger LOG = Logger.getLogger(Bootstrap.class);
  private static final Duration RECOVERY = Duration.ofHours(1);
  private static final String RECOVERED = "recovery until ";

  @Inject Sql sql;
  @Inject Settings settings;
  @Inject Clock clock;
  @Inject ApiKeyService keys;
  @Inject RoleDirectory roles;
  @Inject Assignments assignments;
  @Inject AuditLog audit;
  @Inject DenialQueue denials;

  /// Makes the first admin key. A wrong token leaves the door open, a right one closes it.
  public CreatedKey claim(Secret token) {
    sql.lock("bootstrap");
    assignments.lockAdmins();
    Secret expected = settings.access().bootstrapToken();
    if (expected == null || isUsed() || roles.hasAdmin()) {
      throw refused(ProblemType.BOOTSTRAP_CLOSED, "There is nothing to bootstrap any more.");
    }
    if (!expected.equals(token)) {
      throw refused(ProblemType.UNAUTHENTICATED, "That is not the bootstrap token.");
    }
    sql.update("insert into bootstrap (used_at) values (?)", clock.instant());
    CreatedKey key =
        keys.store(admin("bootstrap admin", null), RandomTokens.credential(ApiKeyService.PREFIX));
    audit.record(
        AuditEntry.success(AuditEventName.BOOTSTRAP_DONE)
            .on("api_key", key.summary().id(), key.summary().name()));
    return key;
  }

  private SallyportException refused(ProblemType type, String detail) {
    denials.offer(AuditEntry.denied(AuditEventName.BOOTSTRAP_REFUSED, type), CallContext.current());
    return new SallyportException(type, detail);
  }

  private static NewKey admin(String name, @Nullable Instant expiresAt) {
    return new NewKey(name, RoleDirectory.ADMIN, null, ActorKind.API_KEY, expiresAt);
  }

  private boolean isUsed() {
    return sql.first("select used_at from bootstrap", row -> row.instant("used_at")).isPresent();
  }

  // Short ones can be guessed, and each is worth an admin key.
  private static void requireLong(@Nullable Secret token, String setting) {
    if (token != null && token.reveal().length() < 32) {
      throw new IllegalStateException(setting + ": must have at least 32 characters");
    }
  }

  /// Honours `SALLYPORT_RECOVERY_TOKEN` at start.
  public void recover(@Observes @Priority(DatabaseReady.ACCESS + 1) DatabaseReady ready) {
    requireLong(settings.access().bootstrapToken(), "SALLYPORT_BOOTSTRAP_TOKEN");
    Secret token = settings.access().recoveryToken();
    requireLong(token, "SALLYPORT_RECOVERY_TOKEN");
    if (token == null) {
      return;
    }
    Secret value = new Secret(ApiKeyService.PREFIX + token.reveal());
    Instant until = clock.instant().plus(RECOVERY);
    keys.deleteRecovered(RECOVERED);
    CreatedKey key = keys.store(admin(RECOVERED + until, until), value);
    audit.record(
        AuditEntry.success(AuditEventName.RECOVERY_USED)
            .on("api_key", key.summary().id(), key.summary().name()));
    LOG.warn(
        "RECOVERY: sp_ + the recovery token is an admin key until "
            + until
            + ". Remove SALLYPORT_RECOVERY_TOKEN and restart when you are done.");
  }
}
