package dev.sallyport.gateway.routes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.appauth.TrustFixture;
import dev.sallyport.apps.AppDetails;
import dev.sallyport.connections.CredentialKind;
import dev.sallyport.connections.UpstreamCredentials;
import dev.sallyport.connections.tls.AppTls;
import dev.sallyport.connections.tls.TlsChoice;
import dev.sallyport.gateway.routes.Routes.ProvisionSources;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class RoutesTest {
  private static final String APP = "wiki";

  private final UpstreamCredentials credentials =
      new UpstreamCredentials() {
        @Override
        public void prepare(Collection<AppDetails> apps) {
          step("credentials");
        }

        @Override
        public CredentialKind kind(AppDetails app) {
          step("kind");
          return CredentialKind.NONE;
        }
      };
  private final AppTls tls =
      new AppTls() {
        @Override
        public void prepare() {
          step("tls");
        }

        @Override
        public TlsChoice upstream(String app) {
          step("choice");
          return new TlsChoice.Standard();
        }
      };
  private final List<String> steps = new ArrayList<>();
  private final Routes routes =
      new Routes(
          "https://gw.example",
          new ProvisionSources(credentials, tls),
          new Pools(null, null, null, null));

  private void step(String name) {
    steps.add(routes.find(APP) == null ? name : name + " too late");
  }

  /// Else the first calls would find the app, and not what they take along.
  @Test
  void updateThenShowsAppsWhenAllThatTheirCallsNeedIsThere() {
    routes.update(() -> TrustFixture.with(APP));

    assertThat(routes.find(APP)).isNotNull();
    assertThat(steps).containsExactly("credentials", "tls", "choice", "kind");
  }

  /// Else of two that follow at once, the one that asked first could come last.
  @Test
  void updateThenAsksForTrustWithinItsLock() {
    var isLocked = new AtomicBoolean();

    routes.update(
        () -> {
          isLocked.set(Thread.holdsLock(routes));
          return TrustFixture.nothing();
        });

    assertThat(isLocked).isTrue();
  }
}
