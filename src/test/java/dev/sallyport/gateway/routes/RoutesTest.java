package dev.sallyport.gateway.routes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.appauth.TrustFixture;
import dev.sallyport.apps.AppDetails;
import dev.sallyport.connections.UpstreamCredentials;
import dev.sallyport.connections.tls.AppTls;
import dev.sallyport.gateway.routes.Routes.ProvisionSources;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class RoutesTest {
  private final UpstreamCredentials credentials =
      new UpstreamCredentials() {
        @Override
        public void prepare(Collection<AppDetails> apps) {}
      };
  private final AppTls tls =
      new AppTls() {
        @Override
        public void prepare() {}
      };
  private final Routes routes =
      new Routes(
          "https://gw.example",
          new ProvisionSources(credentials, tls),
          new Pools(null, null, null, null));

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
