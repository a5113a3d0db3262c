package dev.sallyport.connections.accounts;

import dev.sallyport.apps.AppService;
import dev.sallyport.audit.AuditEntry;
import dev.sallyport.audit.AuditEventName;
import dev.sallyport.audit.AuditLog;
import dev.sallyport.authz.Access;
import dev.sallyport.authz.CallContext;
import dev.sallyport.authz.NoPermissionNeeded;
import dev.sallyport.authz.Permission;
import dev.sallyport.authz.RequiresPermission;
import dev.sallyport.authz.Scope;
import dev.sallyport.connections.grants.GrantEnd;
import dev.sallyport.connections.grants.GrantEnding;
import dev.sallyport.connections.grants.Grants;
import dev.sallyport.connections.grants.IssuerRevocation;
import dev.sallyport.persistence.Condition;
import dev.sallyport.persistence.Cursor;
import dev.sallyport.persistence.Page;
import dev.sallyport.persistence.Slice;
import dev.sallyport.problem.ProblemType;
import dev.sallyport.problem.SallyportException;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Shows connections, refreshes and ends them: one's own without any permission, others' with one.
@Stateless
@NoPermissionNeeded("One's own; what goes further requires its permission itself.")
public class ConnectionService {
  @Inject ConnectionList list;
  @Inject StatusCounts counts;
  @Inject GrantEnding ending;
  @Inject IssuerRevocation revocation;
  @Inject Grants grants;
  @Inject CallingPerson caller;
  @Inject AppService apps;
  @Inject Access access;
  @Inject AuditLog audit;
  @Inject Clock clock;

  /// The caller's own; none for callers who are no person.
  public Page<ConnectionDetails> own(@Nullable Cursor after, int limit) {
    return caller
        .find()
        .map(person -> list.page(ConnectionFilter.of(person), after, limit))
        .orElseGet(() -> new Page<>(List.of(), null, 0));
  }

  @RequiresPermission(value = Permission.CONNECTION_READ, scoped = true)
  public Page<ConnectionDetails> page(ConnectionFilter filter, @Nullable Cursor after, int limit) {
    return list.page(narrowed(filter, Permission.CONNECTION_READ), after, limit);
  }

  @RequiresPermission(value = Permission.CONNECTION_READ, scoped = true)
  public List<ConnectionDetails> slice(ConnectionFilter filter, int offset, int limit) {
    return list.slice(narrowed(filter, Permission.CONNECTION_READ), new Slice(offset, limit));
  }

  @RequiresPermission(value = Permission.CONNECTION_READ, scoped = true)
  public long count(ConnectionFilter filter) {
    return list.count(narrowed(filter, Permission.CONNECTION_READ));
  }

  /// How many connections there are of each status, and how this node's refreshes went.
  @RequiresPermission(Permission.CONNECTION_READ)
  public ConnectionStatistics statistics() {
    return new ConnectionStatistics(counts.now(), grants.refreshes());
  }

  private ConnectionFilter narrowed(ConnectionFilter filter, Permission permission) {
    Scope scope = access.scope(permission);
    return scope.isEverything() ? filter : filter.within(apps.idsIn(scope));
  }

  /// One's own, or another's that the caller may see.
  public ConnectionDetails get(String id) {
    return own(id).or(() -> visible(id)).orElseThrow(() -> absent(id));
  }

  private Optional<ConnectionDetails> own(String id) {
    return caller.find().flatMap(person -> list.find(ConnectionFilter.of(person), id));
  }

  private Optional<ConnectionDetails> visible(String id) {
    return CallContext.current().actor().may(Permission.CONNECTION_READ)
        ? list.find(narrowed(ConnectionFilter.all(), Permission.CONNECTION_READ), id)
        : Optional.empty();
  }

  /// Asks the authorization server for a new token now, whatever the old one is worth.
  @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
  public ConnectionDetails refresh(String id) {
    ConnectionDetails before = toChange(id, Permission.CONNECTION_EDIT);
    if (before.endedAt() != null || !before.renewable()) {
      throw new SallyportException(
          ProblemType.CONNECTION_NOT_RENEWABLE, ProblemType.CONNECTION_NOT_RENEWABLE.cause());
    }
    grants.refreshNow(id);
    ConnectionDetails after = get(id);
    audit.record(
        AuditEntry.success(AuditEventName.CONNECTION_REFRESHED)
            .on("connection", id, after.person().username())
            .with("status", after.status())
            .with("error", after.lastError()));
    return after;
  }

  /// Ends it here and at the authorization server. A server that can't be reached now is asked
  /// again later.
  @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
  public ConnectionDetails revoke(String id) {
    toChange(id, Permission.CONNECTION_REVOKE);
    if (ending.endOne(id, GrantEnd.REVOKED, CallContext.current().actor().name())) {
      revocation.revoke(id);
    }
    return get(id);
  }

  /// What the caller can't see is absent; what it sees but may not act on is forbidden. An app out
  /// of reach that is served, too, puts the connection out of reach.
  private ConnectionDetails toChange(String id, Permission permission) {
    Optional<ConnectionDetails> own = own(id);
    if (own.isPresent()) {
      return own.get();
    }
    ConnectionDetails seen = visible(id).orElseThrow(() -> absent(id));
    Scope scope = access.scope(permission);
    if (!scope.isEverything()
        && !list.isEndable(ConnectionFilter.all().within(apps.idsIn(scope)), id)) {
      access.require(permission);
    }
    return seen;
  }

  /// Ends every live connection that the filter matches. Refuses when more match than the caller
  /// has seen, and whoever may end one by one only: an assistant can't end all at once.
  @RequiresPermission(value = Permission.CONNECTION_REVOKE, scoped = true)
  public int endMany(ConnectionFilter wanted, @Nullable Long expectedCount) {
    access.require(Permission.CONNECTION_EDIT, access.scope(Permission.CONNECTION_REVOKE));
    if (wanted.isEmpty()) {
      throw new SallyportException(
          ProblemType.FILTER_EMPTY, "Give at least one of issuer, user, session, app.");
    }
    ConnectionFilter filter = narrowed(wanted, Permission.CONNECTION_REVOKE);
    Condition where = filter.endable(clock.instant());
    String by = CallContext.current().actor().name();
    List<GrantEnding.EndedGrant> ended = ending.endAll(where.sql(), where.arguments(), by);
    if (expectedCount != null && ended.size() > expectedCount) {
      // Rolls back what was ended.
      throw new SallyportException(
          ProblemType.COUNT_DIFFERS,
          "The filter matches %d connections, you expected %d."
              .formatted(ended.size(), expectedCount));
    }
    audit.record(
        AuditEntry.success(AuditEventName.CONNECTIONS_ENDED)
            .with("count", ended.size())
            .with("server", wanted.issuer())
            .with("user", wanted.user())
            .with("session", wanted.session())
            .with("app", wanted.app()));
    return ended.size();
  }

  private static SallyportException absent(String id) {
    return new SallyportException(ProblemType.NOT_FOUND, "There is no connection " + id + ".");
  }
}
