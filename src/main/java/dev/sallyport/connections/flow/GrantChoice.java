package dev.sallyport.connections.flow;

import dev.sallyport.connections.grants.GrantKey;
import dev.sallyport.connections.grants.GrantToken;
import dev.sallyport.connections.grants.Grants;
import dev.sallyport.crypto.Secret;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.Set;

/// Finds the grant that a call may use: one that was made for the app, or, where both apps'
/// settings say so, one of the person's for another app that covers this one's resource. What a
/// person gave one app is nothing that whoever edits another may take.
@ApplicationScoped
class GrantChoice {
  @Inject Grants grants;
  @Inject ConnectedApps apps;

  /// A grant, and what it has for a call.
  record Held(GrantKey key, GrantToken token) {
    boolean isOver() {
      return token instanceof GrantToken.Missing || token instanceof GrantToken.Ended;
    }
  }

  Held held(ConnectPlan plan) {
    Held own = own(plan);
    return own.isOver() && plan.app().settings().shareGrant() ? shared(plan).orElse(own) : own;
  }

  /// What there is after the app's server would not take this token.
  GrantToken refused(ConnectPlan plan, Secret token) {
    Held held = held(plan);
    if (held.isOver()) {
      return held.token();
    }
    // What another app shares is not lost because this one does not take it.
    return held.key().equals(plan.key())
        ? grants.refused(held.key(), token)
        : new GrantToken.Missing();
  }

  private Held own(ConnectPlan plan) {
    Set<String> served = grants.served(plan.key());
    boolean isOfOthers = !served.isEmpty() && !served.contains(plan.app().details().id());
    return new Held(plan.key(), isOfOthers ? new GrantToken.Missing() : grants.token(plan.key()));
  }

  private Optional<Held> shared(ConnectPlan plan) {
    return grants.shareable(plan.key()).stream()
        .filter(key -> grants.served(key).stream().anyMatch(this::shares))
        .map(key -> new Held(key, grants.token(key)))
        .filter(held -> held.token() instanceof GrantToken.Good good && serves(good, plan))
        .findFirst();
  }

  private boolean shares(String appId) {
    return apps.find(appId).filter(app -> app.settings().shareGrant()).isPresent();
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
