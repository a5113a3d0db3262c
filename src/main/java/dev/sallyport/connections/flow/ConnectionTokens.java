package dev.sallyport.connections.flow;

import dev.sallyport.appsessions.LiveToken;
import dev.sallyport.config.Settings;
import dev.sallyport.connections.AuthRequired;
import dev.sallyport.connections.Provision;
import dev.sallyport.connections.flow.ConnectState.Target;
import dev.sallyport.connections.grants.Consent;
import dev.sallyport.connections.grants.GrantToken;
import dev.sallyport.connections.grants.Grants;
import dev.sallyport.connections.grants.ServedCall;
import dev.sallyport.connections.remote.Challenge;
import dev.sallyport.connections.remote.ConnectionSettings;
import dev.sallyport.crypto.Secret;
import dev.sallyport.problem.ProblemType;
import dev.sallyport.problem.SallyportException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Gives a call its person's own token for the app's server, or the link that leads to one. A token
/// is used only for agents that the person allowed.
@ApplicationScoped
public class ConnectionTokens {
  @Inject ConnectPlans plans;
  @Inject ConnectLinks links;
  @Inject StepUps stepUps;
  @Inject GrantChoice choice;
  @Inject Grants grants;
  @Inject Settings settings;

  /// What the call takes along.
  public Provision provide(LiveToken live, ConnectionSettings connection) {
    try {
      ConnectPlan plan = plan(live, connection);
      return provision(live, plan, choice.held(plan).token());
    } catch (SallyportException e) {
      if (e.type() != ProblemType.CONNECTION_DISCOVERY_FAILED) {
        throw e;
      }
      return asItIs(live, connection).orElseThrow(() -> e);
    }
  }

  /// While nobody tells which authorization server it is, a token that is still good goes on.
  private Optional<Provision> asItIs(LiveToken live, ConnectionSettings connection) {
    Caller caller = Caller.of(live);
    String url = live.trust().app().uri().replaceFirst("^mcp\\+", "");
    String session = connection.perSession() ? caller.appSession() : null;
    return grants
        .serving(new ServedCall(caller.person(), caller.appId(), url, session))
        .filter(good -> mayUse(caller.target(), good.scopes()))
        .map(good -> header(live, good));
  }

  /// The same after the app's server would not take this token. Where there is no better one, it is
  /// asked again who issues its tokens: it may have moved.
  public Provision refused(
      LiveToken live, ConnectionSettings connection, Secret token, Challenge challenge) {
    ConnectPlan plan = plan(live, connection);
    GrantToken better = choice.refused(plan, token);
    if (better instanceof GrantToken.Good) {
      return provision(live, plan, better);
    }
    ConnectPlan now = plans.ofRefusal(plan.app(), Caller.of(live).target(), challenge);
    boolean hasMoved = !now.key().equals(plan.key());
    return provision(live, now, hasMoved ? choice.held(now).token() : better);
  }

  /// The same after the app's server wanted more rights than this token has: one that has them by
  /// now, or the link to all that were wanted so far. Refuses when the person went round a few
  /// times and the server still wants them.
  public Provision more(
      LiveToken live, ConnectionSettings connection, Secret token, Challenge challenge) {
    ConnectPlan plan = plan(live, connection);
    Set<String> scopes = new TreeSet<>(plan.scopes());
    scopes.addAll(challenge.scopes());
    if (choice.held(plan).token() instanceof GrantToken.Good good) {
      scopes.addAll(good.scopes());
      if (!good.accessToken().equals(token) && mayUse(plan.target(), good.scopes())) {
        return header(live, good);
      }
    }
    String link = links.offer(Caller.of(live), scopes);
    if (!stepUps.allows(plan.key(), scopes, link)) {
      throw new SallyportException(
          ProblemType.CONNECTION_SCOPES,
          "The server of %s still wants: %s."
              .formatted(plan.app().details().name(), String.join(" ", challenge.scopes())));
    }
    return signIn(live, link);
  }

  private ConnectPlan plan(LiveToken live, ConnectionSettings connection) {
    var app = new ConnectedApp(live.trust().app(), connection);
    return plans.ofCall(app, Caller.of(live).target());
  }

  private Provision provision(LiveToken live, ConnectPlan plan, GrantToken token) {
    return switch (token) {
      case GrantToken.Good good when mayUse(plan.target(), good.scopes()) -> header(live, good);
      case GrantToken.Good good -> link(live, good.scopes());
      case GrantToken.Missing() -> link(live, plan.scopes());
      case GrantToken.Ended ended -> link(live, plan.scopes());
      case GrantToken.Unavailable(String detail) ->
          throw new SallyportException(ProblemType.UPSTREAM_TOKEN_UNAVAILABLE, detail);
    };
  }

  private boolean mayUse(Target target, Set<String> scopes) {
    Optional<Consent> consent = ConnectPlan.consent(target, scopes);
    return consent.map(grants::hasConsent).orElse(false);
  }

  private static Provision header(LiveToken live, GrantToken.Good good) {
    Instant end = live.token().exp();
    return new Provision.Header(
        "Authorization",
        new Secret("Bearer " + good.accessToken().reveal()),
        good.until().isBefore(end) ? good.until() : end);
  }

  private Provision link(LiveToken live, Set<String> scopes) {
    return signIn(live, links.offer(Caller.of(live), scopes));
  }

  private Provision signIn(LiveToken live, String link) {
    String name = live.trust().app().name();
    return new Provision.SignIn(
        new AuthRequired(
            settings.publicBase() + StartServlet.PATH + "?link=" + link,
            name,
            "%s needs your own account there. Open the link, sign in as %s, then repeat this."
                .formatted(name, live.token().username())));
  }
}
