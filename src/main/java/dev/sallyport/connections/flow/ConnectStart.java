package dev.sallyport.connections.flow;

import dev.sallyport.authz.CallContext;
import dev.sallyport.connections.flow.ConnectState.Target;
import dev.sallyport.connections.flow.ConnectState.Trip;
import dev.sallyport.connections.grants.Consent;
import dev.sallyport.connections.grants.GrantToken;
import dev.sallyport.connections.grants.Grants;
import dev.sallyport.problem.ProblemType;
import dev.sallyport.problem.SallyportException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.Optional;
import java.util.TreeSet;

/// The first half: who is here, is the link theirs, did they agree, and off to the authorization
/// server.
@ApplicationScoped
class ConnectStart {
  @Inject Visitors visitors;
  @Inject ConnectLinks links;
  @Inject ConnectedApps apps;
  @Inject ConnectPlans plans;
  @Inject ConnectDeparture departure;
  @Inject ReturnTargets targets;
  @Inject GrantChoice choice;
  @Inject Grants grants;
  @Inject ConnectCompletion completion;

  /// Follows a link.
  ConnectStep open(ConnectWish wish) {
    return lead(wish, false);
  }

  /// Goes on after the person agreed.
  ConnectStep agreed(ConnectWish wish) {
    return lead(wish, true);
  }

  private ConnectStep lead(ConnectWish wish, boolean isAgreed) {
    if (CallContext.current().actor().isAnonymous()) {
      return new ConnectStep.SignIn();
    }
    ConnectPlan plan = plan(wish);
    Optional<Consent> consent = plan.consent();
    boolean isConnected = consent.isPresent() && isConnected(plan);
    boolean isKnown = consent.map(grants::hasConsent).orElse(false);
    if (!isAgreed && !isKnown) {
      return ask(plan, isConnected);
    }
    String returnTo = targets.accepted(wish.returnTo()).orElse(null);
    if (isConnected) {
      consent.filter(c -> !isKnown).ifPresent(given -> completion.allow(given, wish.link()));
      return new ConnectStep.Done(
          plan.app().details().name(), plan.target().agentClient(), returnTo);
    }
    Trip trip =
        new Trip(
            plan.target(),
            wish.link(),
            plan.remote().server().issuer(),
            plan.client().id(),
            plan.remote().resource(),
            new TreeSet<>(plan.scopes()).stream().toList(),
            isSilent(plan),
            returnTo);
    return departure.leave(plans.peers(plan), trip);
  }

  private ConnectPlan plan(ConnectWish wish) {
    if (wish.link() == null) {
      return ownPlan(String.valueOf(wish.app()));
    }
    ConnectLink link =
        links.find(wish.link()).orElseThrow(() -> refusal(ProblemType.CONNECT_LINK_UNKNOWN));
    visitors.require(link.caller().person());
    ConnectedApp app = apps.require(link.caller().appId());
    return plans.of(app, link.caller().target(), link.scopes());
  }

  /// For whoever connects for themselves, before or without an agent.
  private ConnectPlan ownPlan(String appId) {
    Visitor visitor = visitors.current().orElseThrow(() -> refusal(ProblemType.NOT_YOUR_LINK));
    ConnectedApp app = apps.require(appId);
    if (app.settings().perSession()) {
      throw new SallyportException(
          ProblemType.CONNECT_LINK_UNKNOWN,
          "Each session connects this app for itself: use the link that your agent gets.");
    }
    Target target = new Target(visitor.person(), visitor.name(), appId, null, null);
    return plans.of(app, target, null);
  }

  private ConnectStep ask(ConnectPlan plan, boolean isConnected) {
    return new ConnectStep.Ask(
        plan.app().details().name(),
        URI.create(plan.app().details().uri().replaceFirst("^mcp\\+", "")).getRawAuthority(),
        plan.target().agentClient(),
        plan.target().username(),
        plan.remote().server().issuer(),
        isConnected,
        new TreeSet<>(plan.scopes()).stream().toList());
  }

  private boolean isConnected(ConnectPlan plan) {
    return choice.held(plan).token() instanceof GrantToken.Good good
        && good.scopes().containsAll(plan.scopes());
  }

  /// Whoever has a grant at this server for another app is likely to be signed in there, and need
  /// not be shown anything.
  private boolean isSilent(ConnectPlan plan) {
    return choice.held(plan).token() instanceof GrantToken.Missing
        && !plan.app().settings().authorizeParameters().containsKey("prompt")
        && grants.hasOtherAt(plan.key());
  }

  private static SallyportException refusal(ProblemType type) {
    return new SallyportException(type, type.cause());
  }
}
