package dev.sallyport.apps.ui;

import dev.sallyport.apps.AppDetails;
import dev.sallyport.apps.AppService;
import dev.sallyport.console.Actions;
import dev.sallyport.console.Confirm;
import dev.sallyport.console.Notices;
import java.util.List;

/// Asks before an app goes, and says what that means.
final class AppDeletion {
  private AppDeletion() {}

  static void ask(AppDetails app, AppService apps, Actions actions, Runnable done) {
    Confirm.ask(
        new Confirm.Question(
            "Delete " + app.name() + "?",
            "Clients can't call it through this gateway any more.",
            List.of(
                "Calls to " + app.url() + " answer 404 at once, on every node.",
                "Its sessions can't be used any more, and open streams are cut.",
                "Trusted issuers, ended sessions and the audit stay.",
                "An app of the same name that is registered later is another app."),
            "Delete"),
        () -> {
          if (actions.change(() -> apps.delete(app.id(), app.revision()))) {
            Notices.success("“" + app.name() + "” deleted.");
            done.run();
          }
        });
  }
}
