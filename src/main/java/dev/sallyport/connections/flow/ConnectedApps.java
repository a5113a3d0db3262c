package dev.sallyport.connections.flow;

import dev.sallyport.appauth.AppTrust;
import dev.sallyport.appauth.Trust;
import dev.sallyport.connections.UpstreamCredentials;
import dev.sallyport.problem.ProblemType;
import dev.sallyport.problem.SallyportException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;

/// The apps whose people connect their own accounts.
@ApplicationScoped
class ConnectedApps {
  @Inject Trust trust;
  @Inject UpstreamCredentials credentials;

  ConnectedApp require(String appId) {
    return find(appId)
        .orElseThrow(
            () ->
                new SallyportException(
                    ProblemType.CONNECT_APP_CHANGED, ProblemType.CONNECT_APP_CHANGED.cause()));
  }

  Optional<ConnectedApp> find(String appId) {
    return trust.current().apps().values().stream()
        .map(AppTrust::app)
        .filter(app -> app.id().equals(appId))
        .findFirst()
        .flatMap(app -> credentials.connection(app).map(found -> new ConnectedApp(app, found)));
  }
}
