package dev.sallyport.http;

import dev.sallyport.http.AddressGuard.Purpose;
import dev.sallyport.http.GuardedResolver.Resolution;
import dev.sallyport.http.Hop.Way;
import dev.sallyport.http.OutboundException.Reason;
import java.net.InetAddress;
import java.util.List;
import org.apache.hc.core5.http.HttpHost;
import org.jspecify.annotations.Nullable;

/// Decides whether and how a URL is reached. What the setting names is called directly, also
/// where there is an egress proxy. Behind the proxy it is the proxy that resolves: addresses are
/// still refused here as far as this machine's DNS knows them, but the proxy must guard against
/// names that change.
final class Ways {
  private final AddressGuard guard;
  private final GuardedResolver resolver;
  private final @Nullable HttpHost proxy;

  Ways(AddressGuard guard, GuardedResolver resolver, @Nullable HttpHost proxy) {
    this.guard = guard;
    this.resolver = resolver;
    this.proxy = proxy;
  }

  Way to(OutboundUrl url) throws OutboundException {
    return switch (resolver.resolve(Purpose.CONTROL, url.host(), url.port())) {
      case Resolution.Found(List<InetAddress> addresses) -> wayTo(url, addresses);
      case Resolution.Unknown(String sentence) -> wayToUnknown(url, sentence);
      case Resolution.Refused(String sentence) ->
          throw new OutboundException(Reason.REFUSED_ADDRESS, sentence);
    };
  }

  /// Apps are called directly, and where they are is their admin's choice.
  Way toApp(OutboundUrl url) throws OutboundException {
    return switch (resolver.resolve(Purpose.UPSTREAM, url.host(), url.port())) {
      case Resolution.Found(List<InetAddress> addresses) -> new Way.Direct(addresses);
      case Resolution.Unknown(String sentence) -> throw new OutboundException(Reason.DNS, sentence);
      case Resolution.Refused(String sentence) ->
          throw new OutboundException(Reason.REFUSED_ADDRESS, sentence);
    };
  }

  private Way wayTo(OutboundUrl url, List<InetAddress> addresses) throws OutboundException {
    List<InetAddress> named =
        addresses.stream().filter(address -> guard.isNamed(url.host(), address)).toList();
    if (!url.isHttps() && named.isEmpty()) {
      throw new OutboundException(
          Reason.NOT_HTTPS,
          url.host()
              + " is fetched by https only; name it in SALLYPORT_OUTBOUND_ALLOW to allow http.");
    }
    if (proxy != null && named.isEmpty()) {
      return new Way.Through(proxy);
    }
    return new Way.Direct(url.isHttps() ? addresses : named);
  }

  private Way wayToUnknown(OutboundUrl url, String sentence) throws OutboundException {
    if (proxy != null && url.isHttps()) {
      return new Way.Through(proxy);
    }
    throw new OutboundException(Reason.DNS, sentence);
  }
}
