package dev.sallyport.gateway.relay;

import java.util.concurrent.Executor;
import javax.net.ssl.SSLContext;

/// What all upstream pools share to reach their upstreams.
///
/// @param blocking where names are resolved; may reject when full
/// @param tls trust for https upstreams
public record Egress(
    RelaySettings settings, AddressResolver resolver, Executor blocking, SSLContext tls) {

  /// The same with another trust, and another identity where upstreams ask for one.
  public Egress with(SSLContext own) {
    return new Egress(settings, resolver, blocking, own);
  }
}
