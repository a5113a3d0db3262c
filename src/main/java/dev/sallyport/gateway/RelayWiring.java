package dev.sallyport.gateway;

import dev.sallyport.config.Settings;
import dev.sallyport.gateway.relay.AddressRefusedException;
import dev.sallyport.gateway.relay.Egress;
import dev.sallyport.gateway.relay.RelaySettings;
import dev.sallyport.http.AddressGuard;
import dev.sallyport.http.GuardedResolver;
import dev.sallyport.http.TrustedRoots;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.Executor;

/// How the relay reaches upstreams, made from the settings.
///
/// @param resolution where names are looked up: DNS may take long
record RelayWiring(Settings source, GuardedResolver resolver, Executor resolution) {

  Egress egress() {
    return new Egress(
        settings(), this::resolve, resolution, TrustedRoots.context(source.outbound().caFile()));
  }

  RelaySettings settings() {
    RelaySettings standard = RelaySettings.defaults();
    return new RelaySettings(
        source.gateway().maxBody(),
        source.gateway().places().upstream(),
        source.gateway().patience().connect(),
        standard.idleTtl(),
        standard.addressTtl(),
        source.gateway().patience().body(),
        standard.watchAfter(),
        patience());
  }

  private RelaySettings.Patience patience() {
    Settings.PatienceSettings patience = source.gateway().patience();
    return new RelaySettings.Patience(patience.response(), patience.idle(), patience.place());
  }

  private InetAddress resolve(String host, int port) throws IOException {
    return switch (resolver.resolve(AddressGuard.Purpose.UPSTREAM, host, port)) {
      case GuardedResolver.Resolution.Found(List<InetAddress> addresses) -> addresses.getFirst();
      case GuardedResolver.Resolution.Refused(String sentence) ->
          throw new AddressRefusedException(sentence);
      case GuardedResolver.Resolution.Unknown(String sentence) ->
          throw new UnknownHostException(sentence);
    };
  }
}
