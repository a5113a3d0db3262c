package dev.sallyport.http;

import dev.sallyport.config.Settings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/// Makes the guard, the way out and the client-address rule from the settings.
@ApplicationScoped
public class HttpProducer {
  @Produces
  @Singleton
  AddressGuard guard(Settings settings) {
    return new AddressGuard(
        settings.outbound().allow(), new OwnEndpoints(settings.publicUrl(), settings.ownPorts()));
  }

  @Produces
  @Singleton
  GuardedResolver resolver(AddressGuard guard) {
    return new GuardedResolver(guard);
  }

  @Produces
  @Singleton
  OutboundHttp outbound(Settings settings, AddressGuard guard, GuardedResolver resolver) {
    return new OutboundHttp(settings.outbound(), guard, resolver);
  }

  void close(@Disposes OutboundHttp outbound) {
    outbound.close();
  }

  @Produces
  @Singleton
  ClientAddress clientAddress(Settings settings) {
    return new ClientAddress(
        settings.outbound().trustedProxies(), settings.outbound().askingProxies());
  }
}
