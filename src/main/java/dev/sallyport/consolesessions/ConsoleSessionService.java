package dev.sallyport.consolesessions;

import dev.sallyport.authz.Access;
import dev.sallyport.authz.Actor;
import dev.sallyport.authz.CallContext;
import dev.sallyport.authz.NoPermissionNeeded;
import dev.sallyport.authz.Permission;
import dev.sallyport.authz.RequiresPermission;
import dev.sallyport.config.Settings;
import dev.sallyport.consolesessions.SessionList.Whose;
import dev.sallyport.persistence.Cursor;
import dev.sallyport.persistence.Page;
import dev.sallyport.problem.ProblemType;
import dev.sallyport.problem.SallyportException;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Console sessions as people see them: one's own without any permission, others' with one.
@Stateless
@NoPermissionNeeded("One's own; what goes further requires its permission itself.")
public class ConsoleSessionService {
  @Inject SessionList list;
  @Inject SessionStore store;
  @Inject ConsoleSessions sessions;
  @Inject Settings settings;
  @Inject Access access;

  /// The caller's own.
  public Page<ConsoleSessionDetails> own(@Nullable Cursor after, int limit) {
    return page(new Whose.Own(caller()), after, limit);
  }

  /// Everybody's, or only those of an actor with this id or a name that contains it.
  @RequiresPermission(Permission.AUTH_SESSION_LIST_ALL)
  public Page<ConsoleSessionDetails> all(
      @Nullable String actor, @Nullable Cursor after, int limit) {
    Whose whose = actor == null || actor.isBlank() ? new Whose.Everybody() : new Whose.Found(actor);
    return page(whose, after, limit);
  }

  private Page<ConsoleSessionDetails> page(Whose whose, @Nullable Cursor after, int limit) {
    List<SessionRow> found = list.list(whose, after, limit + 1);
    boolean hasMore = found.size() > limit;
    List<SessionRow> rows = hasMore ? found.subList(0, limit) : found;
    String next = hasMore ? cursor(rows.getLast()) : null;
    return new Page<>(rows.stream().map(this::details).toList(), next, list.count(whose));
  }

  private static String cursor(SessionRow row) {
    return Cursor.of(row.startedAt().toString(), row.id()).encode();
  }

  /// Ends one: one's own, or another's with the permission.
  public void end(String id) {
    SessionRow row = store.find(id).orElse(null);
    if (row == null || !isOwn(row)) {
      requireOthers(row, id);
    }
    sessions.end(id);
  }

  /// What the caller can't see is absent; what it sees but may not end is forbidden.
  private void requireOthers(@Nullable SessionRow row, String id) {
    Actor caller = caller();
    boolean isVisible =
        caller.may(Permission.AUTH_SESSION_LIST_ALL) || caller.may(Permission.AUTH_SESSION_REVOKE);
    if (row == null || !isVisible) {
      throw new SallyportException(ProblemType.NOT_FOUND, "There is no session " + id + ".");
    }
    access.require(Permission.AUTH_SESSION_REVOKE);
  }

  /// Ends the caller's sessions but the one that carries this call; answers how many.
  public int endOthers() {
    Actor caller = caller();
    return sessions.endOthers(caller, CallContext.current().consoleSessionId());
  }

  private static boolean isOwn(SessionRow row) {
    Actor caller = caller();
    return row.actorKind() == caller.kind() && row.actorId().equals(caller.id());
  }

  private static Actor caller() {
    Actor actor = CallContext.current().actor();
    if (actor.isAnonymous()) {
      throw new SallyportException(ProblemType.UNAUTHENTICATED, "Nobody is signed in.");
    }
    return actor;
  }

  private ConsoleSessionDetails details(SessionRow row) {
    String provider = row.providerId();
    String issuer = row.issuer();
    return new ConsoleSessionDetails(
        row.id(),
        new ConsoleSessionDetails.Owner(row.actorKind().code(), row.actorId(), row.actorName()),
        provider == null || issuer == null
            ? null
            : new ConsoleSessionDetails.Provider(provider, issuer),
        row.address(),
        row.userAgent(),
        row.startedAt(),
        row.lastSeenAt(),
        row.idleUntil(settings.access().consoleSessionIdle()),
        row.expiresAt(),
        row.id().equals(CallContext.current().consoleSessionId()));
  }
}
