package dev.sallyport.gateway;

import dev.sallyport.appsessions.Entry;
import dev.sallyport.appsessions.LiveToken;
import dev.sallyport.appsessions.SessionOpener;
import dev.sallyport.crypto.Secret;
import dev.sallyport.crypto.TokenHash;
import dev.sallyport.gateway.entry.Admission;
import dev.sallyport.gateway.entry.ColdPool;
import dev.sallyport.gateway.entry.ColdPools;
import dev.sallyport.gateway.entry.ColdWork;
import dev.sallyport.gateway.entry.Passage;
import dev.sallyport.gateway.entry.Provided;
import dev.sallyport.gateway.exchange.GatewayExchange;
import dev.sallyport.gateway.routes.AppPath;
import dev.sallyport.gateway.routes.Route;
import dev.sallyport.logging.LogFields;
import dev.sallyport.problem.ProblemType;
import dev.sallyport.problem.SallyportException;
import dev.sallyport.ratelimit.LimitKind;
import dev.sallyport.ratelimit.Permit;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.RejectedExecutionException;
import org.jboss.logging.Logger;

/// The way in for a token that this node does not know: verified and opened on the gateway's own
/// pool, one at a time for each token however many calls bring it, then back to the call's I/O
/// thread.
final class ColdEntry {
  private static final Logger LOG = Logger.getLogger(ColdEntry.class);

  private record Key(String appId, TokenHash hash) {}

  private final Gateway gateway;
  private final AppHandler handler;
  private final ColdWork<Key, Admission> entering;
  private final ColdWork<LiveToken, Provided> making;
  private final ColdWork<LiveToken, Provided> fetching;
  private final ConcurrentMap<LiveToken, Boolean> providing = new ConcurrentHashMap<>();

  ColdEntry(Gateway gateway, AppHandler handler) {
    this.gateway = gateway;
    this.handler = handler;
    this.entering = gateway.enteringWork();
    this.making = gateway.enteringWork();
    this.fetching = gateway.fetchingWork();
  }

  void enter(GatewayExchange call, Route route, AppPath path, String token) {
    Secret secret = new Secret(token);
    entering.share(
        call,
        new Key(route.trust().facts().id(), TokenHash.of(token)),
        () -> open(call, route, secret),
        admission -> proceed(call, route, path, admission));
  }

  private Admission open(GatewayExchange call, Route route, Secret token) {
    throttle(call, route, token);
    var caller = new SessionOpener.Caller(call.client().getHostAddress(), null);
    return switch (gateway.entry().enter(route.trust(), token, caller)) {
      case Entry.Admitted(LiveToken live, var session, var isNew) ->
          new Admission.In(prepared(route, live, token));
      case Entry.Refused refused ->
          new Admission.Refused(refused, isHidden(route, token, refused.code()));
    };
  }

  /// Of a hidden app learns only who holds a token that its issuer signed for it. Without the
  /// issuer's keys nobody can tell but for a token that is in already.
  private boolean isHidden(Route route, Secret token, ProblemType code) {
    if (route.trust().app().discoverable()) {
      return false;
    }
    return code == ProblemType.ISSUER_KEYS_UNAVAILABLE
        ? !gateway.entry().isLive(route.trust(), token)
        : !gateway.entry().isSigned(route.trust(), token);
  }

  private Provided provided(LiveToken live, Secret token) {
    return live.logFields().call(() -> gateway.provisioner().provide(live, token));
  }

  /// Makes what the calls of a token take along, where nobody else is asked for it: on the thread
  /// that has let it in, because another one would cost more than the work.
  ///
  /// @param token as the caller brought it
  LiveToken prepared(Route route, LiveToken live, Secret token) {
    if (!route.asksOthers()) {
      Provided unused = provided(live, token);
    }
    return live;
  }

  /// Goes on with a token that was let in.
  void letIn(GatewayExchange call, Route route, AppPath path, LiveToken live) {
    Passage passage = Passage.of(live);
    if (passage.isGood(gateway.clock().millis())) {
      handler.goOn(call, route, path, passage);
    } else {
      provide(call, route, path, live);
    }
  }

  /// Provides what the calls of a token take along that may enter. Who lets others in does not wait
  /// for what must be fetched.
  void provide(GatewayExchange call, Route route, AppPath path, LiveToken live) {
    Secret token = call.token();
    ColdWork<LiveToken, Provided> work = route.asksOthers() ? fetching : making;
    work.share(
        call, live, () -> provided(live, token), provided -> goOn(call, route, path, provided));
  }

  private void goOn(GatewayExchange call, Route route, AppPath path, Provided provided) {
    switch (provided) {
      case Provided.Ready(Passage passage) -> handler.goOn(call, route, path, passage);
      case Provided.Needed needed -> handler.connectedCalls().needed(call, route, path, needed);
    }
  }

  /// Renews what the upstream gets beside the calls that use the old one. When the pool is full, a
  /// later call tries again.
  void provideLater(GatewayExchange call, Route route, LiveToken live) {
    if (providing.putIfAbsent(live, true) == null) {
      Secret token = call.token();
      ColdPools pools = gateway.pools();
      ColdPool pool = route.asksOthers() ? pools.fetching() : pools.entering();
      try {
        pool.execute(call.group(), call.appId(), () -> provideOnce(live, token));
      } catch (RejectedExecutionException e) {
        providing.remove(live);
      }
    }
  }

  private void provideOnce(LiveToken live, Secret token) {
    try {
      Provided unused = provided(live, token);
    } catch (SallyportException e) {
      // The old one serves until its end; then a call that needs a new one is told why there is
      // none.
      live.logFields()
          .with(LogFields.CODE, e.type().code())
          .run(() -> LOG.debug("An upstream credential was not renewed."));
    } finally {
      providing.remove(live);
    }
  }

  /// Whoever brought too many bad tokens waits, unless the token is one that is let in already.
  private void throttle(GatewayExchange call, Route route, Secret token) {
    String group = call.group();
    if (gateway.limits().peek(limit(route), group) instanceof Permit.Denied denied
        && !gateway.entry().isLive(route.trust(), token)) {
      throw SallyportException.retryAfter(ProblemType.TOO_MANY_REQUESTS, denied.retryAfter());
    }
  }

  private static LimitKind limit(Route route) {
    return route.trust().app().discoverable() ? LimitKind.REFUSED_TOKEN : LimitKind.ABSENT_APP;
  }

  private void proceed(GatewayExchange call, Route route, AppPath path, Admission admission) {
    switch (admission) {
      case Admission.In(LiveToken live) -> letIn(call, route, path, live);
      case Admission.Refused(Entry.Refused refused, boolean isHidden) -> {
        if (isHidden) {
          // Counted and limited as where there is no app.
          handler.absentLimited(call, LimitKind.ABSENT_APP);
        } else {
          gateway.limits().take(limit(route), call.group());
          refuse(call, route, refused);
        }
      }
    }
  }

  private void refuse(GatewayExchange call, Route route, Entry.Refused refused) {
    // Where no other token would do, nobody is asked for one.
    boolean isAskedForAnother =
        refused.code().status() == 401 || refused.code() == ProblemType.INSUFFICIENT_SCOPE;
    if (isAskedForAnother) {
      gateway
          .answers()
          .challenge(call, route.trust(), refused.code(), refused.detail(), refused.scopes());
    } else {
      gateway.answers().problem(call, refused.code(), refused.detail());
    }
  }
}
