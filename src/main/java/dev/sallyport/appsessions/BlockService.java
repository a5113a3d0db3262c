package dev.sallyport.appsessions;

import dev.sallyport.apps.AppService;
import dev.sallyport.audit.AuditEntry;
import dev.sallyport.audit.AuditEventName;
import dev.sallyport.audit.AuditLog;
import dev.sallyport.authz.Access;
import dev.sallyport.authz.CallContext;
import dev.sallyport.authz.Permission;
import dev.sallyport.authz.RequiresPermission;
import dev.sallyport.authz.Scope;
import dev.sallyport.issuers.IssuerService;
import dev.sallyport.persistence.Cursor;
import dev.sallyport.persistence.Page;
import dev.sallyport.persistence.Slice;
import dev.sallyport.problem.ProblemType;
import dev.sallyport.problem.SallyportException;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Shows who is not let in, blocks, and lifts blocks. Whoever may act on some apps only sees and
/// writes blocks of just those.
@Stateless
public class BlockService {
  @Inject Clock clock;
  @Inject BlockStore blocks;
  @Inject BlockList list;
  @Inject SessionStore sessions;
  @Inject SessionEnding ending;
  @Inject AuditLog audit;
  @Inject Event<PersonBlocked> blocked;
  @Inject Access access;
  @Inject AppService apps;
  @Inject IssuerService issuers;

  @RequiresPermission(value = Permission.APP_SESSION_READ, scoped = true)
  public Page<BlockDetails> page(BlockFilter filter, @Nullable Cursor after, int limit) {
    return list.page(narrowed(filter), after, limit);
  }

  @RequiresPermission(value = Permission.APP_SESSION_READ, scoped = true)
  public List<BlockDetails> slice(BlockFilter filter, int offset, int limit) {
    return list.slice(narrowed(filter), new Slice(offset, limit));
  }

  @RequiresPermission(value = Permission.APP_SESSION_READ, scoped = true)
  public long count(BlockFilter filter) {
    return list.count(narrowed(filter));
  }

  private BlockFilter narrowed(BlockFilter filter) {
    Scope scope = access.scope(Permission.APP_SESSION_READ);
    return scope.isEverything() ? filter : filter.within(apps.idsIn(scope));
  }

  @RequiresPermission(value = Permission.APP_SESSION_READ, scoped = true)
  public BlockDetails get(String id) {
    return find(id, Permission.APP_SESSION_READ);
  }

  private BlockDetails find(String id, Permission permission) {
    BlockDetails block = list.byId(id).orElseThrow(() -> notFound(id));
    access.requireWithin(
        permission,
        Permission.APP_SESSION_READ,
        scope -> covers(scope, block.appId()),
        () -> notFound(id));
    return block;
  }

  private boolean covers(Scope scope, @Nullable String appId) {
    return scope.isEverything() || (appId != null && apps.idsIn(scope).contains(appId));
  }

  /// Blocks, and ends what is live and falls under the block.
  @RequiresPermission(value = Permission.APP_SESSION_REVOKE, scoped = true)
  public BlockDetails create(BlockInput input) {
    input.check(clock.instant());
    Whom whom = whom(input);
    requireWithin(Permission.APP_SESSION_REVOKE, whom);
    if (whom.subject() == null && whom.sid() == null) {
      requireWithin(Permission.APP_SESSION_REVOKE_MANY, whom);
    }
    sessions.lockAll();
    String by = CallContext.current().actor().name();
    Ending blocking = Ending.until(input.until(), EndReason.BLOCKED, by).noting(input.note());
    String id = ending.block(List.of(whom), List.of(), blocking).getFirst();
    int ended = ending.end(sessions.live(whom), Ending.withoutBlock(EndReason.BLOCKED, by)).size();
    BlockDetails block = list.byId(id).orElseThrow();
    audit.record(entry(AuditEventName.BLOCK_CREATED, block).with("ended", ended));
    if (input.until() == null && whom.isPerson()) {
      blocked.fire(new PersonBlocked(whom.issuer(), Objects.requireNonNull(whom.subject())));
    }
    return block;
  }

  private Whom whom(BlockInput input) {
    String issuer = Objects.requireNonNull(input.issuer());
    if (issuers.all().stream().noneMatch(known -> known.issuer().equals(issuer))) {
      throw SallyportException.invalid("issuer", "must be the `iss` of an issuer that is known.");
    }
    String app = input.app();
    return new Whom(
        issuer,
        input.subject(),
        input.client(),
        app == null ? null : appId(app),
        input.sid(),
        false,
        false);
  }

  /// An app outside of the caller's scope is as good as none.
  private String appId(String name) {
    Scope scope = access.scope(Permission.APP_SESSION_REVOKE);
    return apps.idOf(name)
        .filter(id -> covers(scope, id))
        .orElseThrow(() -> SallyportException.invalid("app", "must be the name of an app."));
  }

  private void requireWithin(Permission permission, Whom whom) {
    if (!covers(access.scope(permission), whom.appId())) {
      access.require(permission);
    }
  }

  /// Takes a block away. What it ended stays ended; a new sign-in or a good token is let in again.
  @RequiresPermission(value = Permission.APP_SESSION_REVOKE, scoped = true)
  public void lift(String id) {
    BlockDetails block = find(id, Permission.APP_SESSION_REVOKE);
    if (block.goesWithReactivation()) {
      throw new SallyportException(
          ProblemType.BLOCK_OF_DEACTIVATION, ProblemType.BLOCK_OF_DEACTIVATION.cause());
    }
    blocks.delete(id);
    audit.record(entry(AuditEventName.BLOCK_LIFTED, block));
  }

  private static AuditEntry entry(AuditEventName event, BlockDetails block) {
    String name = Objects.requireNonNullElse(block.subject(), block.issuer());
    String sid = block.sid();
    return AuditEntry.success(event)
        .on("block", block.id(), name)
        .ofApp(block.appId())
        .with("issuer", block.issuer())
        .with("subject", block.subject())
        .with("client", block.client())
        .with("app", block.app())
        .with("sid", sid == null ? null : sid.substring(0, Math.min(8, sid.length())))
        .with("until", block.until())
        .with("reason", block.reason())
        .with("note", block.note());
  }

  private static SallyportException notFound(String id) {
    return new SallyportException(ProblemType.NOT_FOUND, "There is no block " + id + ".");
  }
}
