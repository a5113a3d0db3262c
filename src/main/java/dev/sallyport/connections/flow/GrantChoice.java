package dev.sallyport.connections.flow;

import dev.sallyport.connections.grants.GrantKey;
import dev.sallyport.connections.grants.GrantToken;
import dev.sallyport.connections.grants.Grants;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;

/// Finds the grant that a call may use: the app's own, or, where the app's settings say so, one of
/// the person's for another app that covers this one's resource.
@ApplicationScoped
class GrantChoice {
  @Inject Grants grants;

  /// A grant, and what it has for a call.
  record Held(GrantKey key, GrantToken token) {}

  Held held(ConnectPlan plan) {
    Held own = new Held(plan.key(), grants.token(plan.key()));
    boolean isOver =
        own.token() instanceof GrantToken.Missing || own.token() instanceof GrantToken.Ended;
    return isOver && plan.app().settings().shareGrant() ? shared(plan).orElse(own) : own;
  }

  private Optional<Held> shared(ConnectPlan plan) {
    return grants
        .shareable(plan.key())
        .map(key -> new Held(key, grants.token(key)))
        .filter(held -> held.token() instanceof GrantToken.Good good && serves(good, plan));
  }

  /// One with fewer rights than this app asks for does not do.
  private boolean serves(GrantToken.Good good, ConnectPlan plan) {
    if (!good.scopes().containsAll(plan.scopes())) {
      return false;
    }
    grants.serve(good.grantId(), plan.app().details().id());
    return true;
  }
}
