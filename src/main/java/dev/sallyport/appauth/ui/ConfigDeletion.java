package dev.sallyport.appauth.ui;

import dev.sallyport.appauth.AppAuthConfigDetails;
import dev.sallyport.console.Confirm;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// Asks before a config goes, and says who decides afterwards.
final class ConfigDeletion {
  private ConfigDeletion() {}

  static void ask(AppAuthConfigDetails config, Impact impact, Runnable delete) {
    Confirm.ask(
        new Confirm.Question(
            "Delete “" + config.name() + "”?",
            "It stops deciding at once, on every node.",
            consequences(config.enabled(), config.jwt().issuer(), impact),
            "Delete"),
        delete);
  }

  static List<String> consequences(boolean isEnabled, String issuer, Impact impact) {
    var consequences = new ArrayList<String>();
    List<Impact.AtApp> decided =
        impact.apps().stream().filter(app -> app.decides() == null).toList();
    if (!isEnabled || decided.isEmpty()) {
      consequences.add("It decides at no app now, so nobody loses access.");
      return consequences;
    }
    List<String> closed =
        decided.stream().filter(a -> a.next() == null).map(Impact.AtApp::app).toList();
    if (!closed.isEmpty()) {
      consequences.add(
          "At "
              + String.join(", ", closed)
              + ", tokens of "
              + issuer
              + " are refused from then on, and open streams of its sessions are cut.");
    }
    decided.stream()
        .filter(a -> a.next() != null)
        .map(a -> "At " + a.app() + ", “" + Objects.requireNonNull(a.next()) + "” takes over.")
        .forEach(consequences::add);
    consequences.add("The issuer and its keys stay known; history and audit stay.");
    return consequences;
  }
}
