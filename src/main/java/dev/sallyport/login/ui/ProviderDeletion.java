package dev.sallyport.login.ui;

import com.vaadin.flow.component.checkbox.Checkbox;
import dev.sallyport.console.Actions;
import dev.sallyport.console.Confirm;
import dev.sallyport.console.Notices;
import dev.sallyport.login.ProviderDetails;
import dev.sallyport.login.ProviderService;
import java.util.List;

/// Asks before a provider goes, and what shall become of its people.
final class ProviderDeletion {
  private final ProviderDetails provider;
  private final ProviderService providers;
  private final Actions actions;

  ProviderDeletion(ProviderDetails provider, ProviderService providers, Actions actions) {
    this.provider = provider;
    this.providers = providers;
    this.actions = actions;
  }

  void ask(Runnable done) {
    Checkbox deactivate = new Checkbox("Deactivate the people who sign in with it");
    var dialog =
        Confirm.ask(
            new Confirm.Question(
                "Delete “" + provider.name() + "”?",
                "Nobody can sign in with it any more.",
                List.of(
                    "Its group mappings go, and with them the roles that they gave.",
                    "It is refused while active people sign in with it, unless you deactivate"
                        + " them: that ends their sessions and keys at once."),
                "Delete"),
            () -> delete(deactivate.getValue(), done));
    dialog.add(deactivate);
  }

  private void delete(boolean deactivate, Runnable done) {
    if (actions.change(() -> providers.delete(provider.id(), provider.revision(), deactivate))) {
      Notices.success("“" + provider.name() + "” deleted.");
      done.run();
    }
  }
}
