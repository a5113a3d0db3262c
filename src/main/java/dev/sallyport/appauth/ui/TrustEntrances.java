package dev.sallyport.appauth.ui;

import dev.sallyport.appauth.AppTrust;
import dev.sallyport.appauth.Trust;
import dev.sallyport.apps.ui.Entrances;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;

/// Answers the pages about apps from the node's snapshot.
@ApplicationScoped
public class TrustEntrances implements Entrances {
  @Inject Trust trust;

  @Override
  public List<Entrance> of(String app) {
    AppTrust found = trust.current().app(app);
    if (found == null) {
      return List.of();
    }
    return found.configs().stream()
        .map(
            c ->
                new Entrance(
                    c.id(), c.name(), c.issuer().iss(), c.audience(), ConfigTexts.rules(c)))
        .toList();
  }
}
