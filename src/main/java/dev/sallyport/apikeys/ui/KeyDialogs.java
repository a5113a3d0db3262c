package dev.sallyport.apikeys.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Span;
import dev.sallyport.apikeys.ApiKeyService;
import dev.sallyport.apikeys.ApiKeySummary;
import dev.sallyport.apikeys.CreatedKey;
import dev.sallyport.apikeys.KeyChangeService;
import dev.sallyport.authz.ActorKind;
import dev.sallyport.authz.Actors;
import dev.sallyport.authz.CallContext;
import dev.sallyport.authz.Permission;
import dev.sallyport.console.Actions;
import dev.sallyport.console.Confirm;
import dev.sallyport.console.Notices;
import dev.sallyport.roles.RoleDirectory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.Set;

/// Opens what changes keys.
@ApplicationScoped
class KeyDialogs {
  @Inject ApiKeyService keys;
  @Inject KeyChangeService changes;
  @Inject RoleDirectory roles;
  @Inject Actions actions;
  @Inject Clock clock;
  @Inject Actors actors;

  void create(Runnable done) {
    Set<Permission> own = CallContext.current().actor().permissions();
    List<String> offered =
        roles.ids().stream().filter(role -> own.containsAll(roles.permissionsOf(role))).toList();
    new CreateKeyDialog(
            offered, clock.instant(), new KeyAction(actions, fresh -> shown(fresh, done)), keys)
        .open();
  }

  void rotate(ApiKeySummary key, Runnable done) {
    new RotateKeyDialog(key, new KeyAction(actions, fresh -> shown(fresh, done)), changes).open();
  }

  private static void shown(CreatedKey fresh, Runnable done) {
    new ShownOnceDialog(fresh).open();
    done.run();
  }

  void narrow(ApiKeySummary key, Runnable done) {
    String role = key.role();
    if (role == null) {
      Notices.error(
          "Nothing to narrow", "The key has no role of its own. See who has which role at Roles.");
      return;
    }
    Set<Permission> held = roles.permissionsOf(role);
    List<String> weaker =
        roles.ids().stream().filter(id -> held.containsAll(roles.permissionsOf(id))).toList();
    new NarrowKeyDialog(key, weaker, actions, changes, done).open();
  }

  void revoke(ApiKeySummary key, Runnable done) {
    Confirm.ask(
        new Confirm.Question(
            "Revoke “" + key.name() + "”?",
            "Whoever uses it is refused from the next call on.",
            List.of(
                "Tokens that it was traded for end with it, and so do its console sessions.",
                "It can't be brought back; history and audit stay."),
            "Revoke"),
        () -> {
          if (actions.change(() -> keys.delete(key.id()))) {
            Notices.success("“" + key.name() + "” revoked.");
            done.run();
          }
        });
  }

  /// The person whose key it is, by name.
  Component owner(ApiKeySummary key) {
    String owner = key.owner();
    if (owner == null) {
      Span nobody = new Span("–");
      nobody.addClassName("sp-muted");
      return nobody;
    }
    Span name =
        new Span(actors.find(ActorKind.USER, owner).map(person -> person.name()).orElse(owner));
    name.setTitle(owner);
    name.addClassName("sp-wrap");
    return name;
  }
}
