package dev.sallyport.appsessions;

import dev.sallyport.appauth.AppTrust;
import dev.sallyport.appauth.Trust;
import dev.sallyport.authz.Access;
import dev.sallyport.authz.CallContext;
import dev.sallyport.authz.Permission;
import dev.sallyport.authz.RequiresPermission;
import dev.sallyport.cluster.ChangeFeed;
import dev.sallyport.crypto.Secret;
import dev.sallyport.crypto.TokenHash;
import dev.sallyport.http.IpLiteral;
import dev.sallyport.persistence.Cursor;
import dev.sallyport.persistence.Page;
import dev.sallyport.problem.FieldErrors;
import dev.sallyport.problem.ProblemType;
import dev.sallyport.problem.SallyportException;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import org.jspecify.annotations.Nullable;

/// `/app-sessions`.
@Path("app-sessions")
@RequestScoped
public class AppSessionsResource {
  @Inject AppSessionService sessions;
  @Inject AppEntry entry;
  @Inject Access access;
  @Inject Trust trust;
  @Inject SessionChanges changes;
  @Inject ChangeFeed feed;

  /// A token that a front proxy or app server presents for its client.
  public record OpenRequest(
      @Nullable String app, @Nullable String jwt, @Nullable String remoteAddress) {}

  /// How many sessions a bulk revocation ended.
  public record EndedMany(int ended) {}

  @POST
  @RequiresPermission(value = Permission.APP_SESSION_CREATE, scoped = true)
  public Response open(OpenRequest request) {
    requireCurrent();
    check(request);
    AppTrust app = app(request.app());
    var caller =
        new SessionOpener.Caller(
            String.valueOf(request.remoteAddress()), CallContext.current().actor().name());
    Secret jwt = new Secret(String.valueOf(request.jwt()));
    return switch (entry.enter(app, jwt, caller)) {
      case Entry.Admitted(LiveToken token, SessionDetails session, boolean isNew) ->
          Response.status(isNew ? 201 : 200).entity(session).build();
      case Entry.Refused refused -> throw new SallyportException(refused.code(), refused.detail());
    };
  }

  /// An app outside of the caller's scope is as good as none.
  private AppTrust app(@Nullable String name) {
    AppTrust app = trust.current().app(String.valueOf(name));
    if (app == null || !access.scope(Permission.APP_SESSION_CREATE).covers(app.facts().labels())) {
      throw new SallyportException(ProblemType.APP_NOT_FOUND, ProblemType.APP_NOT_FOUND.cause());
    }
    return app;
  }

  /// A node that does not hear of changes does not know who was signed out.
  private void requireCurrent() {
    if (!feed.lease().isHeld()) {
      throw new SallyportException(ProblemType.NOT_CURRENT, ProblemType.NOT_CURRENT.cause());
    }
  }

  private static void check(OpenRequest request) {
    var errors = new FieldErrors();
    errors.addIf(isBlank(request.app()), "app", "must be the name of an app.");
    errors.addIf(isBlank(request.jwt()), "jwt", "must be the token of the client.");
    errors.addIf(
        isBlank(request.remoteAddress())
            || IpLiteral.parse(String.valueOf(request.remoteAddress())) == null,
        "remoteAddress",
        "must be one IP address, the client's.");
    errors.throwIfAny();
  }

  private static boolean isBlank(@Nullable String text) {
    return text == null || text.isBlank();
  }

  @GET
  @RequiresPermission(value = Permission.APP_SESSION_READ, scoped = true)
  public Page<SessionDetails> list(
      @BeanParam SessionQuery query,
      @QueryParam("sort") @Nullable String sort,
      @QueryParam("after") @Nullable String after,
      @QueryParam("limit") @Nullable String limit) {
    return sessions.page(
        query.filter(), SessionSort.parse(sort), Cursor.decode(after, 2), Page.limit(limit));
  }

  @GET
  @Path("lookup")
  @RequiresPermission(value = Permission.APP_SESSION_LOOKUP, scoped = true)
  public SessionDetails lookup(
      @QueryParam("app") @Nullable String app,
      @QueryParam("tokenHash") @Nullable String tokenHash) {
    requireCurrent();
    return sessions
        .lookup(String.valueOf(app), hash(tokenHash))
        .orElseThrow(
            () -> new SallyportException(ProblemType.NOT_FOUND, "No live session has this token."));
  }

  private static TokenHash hash(@Nullable String hex) {
    if (hex == null || !hex.matches("[0-9a-f]{64}")) {
      throw SallyportException.invalid(
          "tokenHash", "must be the SHA-256 of the token, as 64 lower-case hexadecimal digits.");
    }
    return TokenHash.ofHex(hex);
  }

  @GET
  @Path("changes")
  @Produces(MediaType.SERVER_SENT_EVENTS)
  @RequiresPermission(value = Permission.APP_SESSION_LOOKUP, scoped = true)
  public void changes(@Context SseEventSink sink, @Context Sse sse) {
    requireCurrent();
    changes.listen(sink, sse);
  }

  @GET
  @Path("{id}")
  @RequiresPermission(value = Permission.APP_SESSION_READ, scoped = true)
  public SessionDetails get(@PathParam("id") String id) {
    return sessions.get(id);
  }

  @DELETE
  @Path("{id}")
  @RequiresPermission(value = Permission.APP_SESSION_REVOKE, scoped = true)
  public SessionDetails end(@PathParam("id") String id) {
    return sessions.end(id);
  }

  @DELETE
  @RequiresPermission(value = Permission.APP_SESSION_REVOKE_MANY, scoped = true)
  public EndedMany endMany(
      @BeanParam SessionQuery query,
      @QueryParam("asOf") @Nullable String asOf,
      @QueryParam("expectedCount") @Nullable String expectedCount) {
    return new EndedMany(
        sessions.endMany(
            query.filter().ofWholeUser(),
            SessionQuery.instant("asOf", asOf),
            SessionQuery.count("expectedCount", expectedCount)));
  }
}
