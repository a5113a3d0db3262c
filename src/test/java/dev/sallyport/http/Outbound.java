package dev.sallyport.http;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sallyport.config.OutboundSettings;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Builds the outbound client for a test: what is allowed, and optionally DNS, roots and a proxy.
record Outbound(
    List<String> allow,
    GuardedResolver.Names names,
    @Nullable Path caFile,
    @Nullable String proxy) {

  static Outbound allowing(String... allow) {
    return new Outbound(List.of(allow), InetAddress::getAllByName, null, null);
  }

  Outbound names(GuardedResolver.Names other) {
    return new Outbound(allow, other, caFile, proxy);
  }

  Outbound caFile(Path file) {
    return new Outbound(allow, names, file, proxy);
  }

  Outbound proxy(String url) {
    return new Outbound(allow, names, caFile, url);
  }

  OutboundHttp open() {
    OwnEndpoints own = new OwnEndpoints(URI.create("https://gate.example"), Set.of());
    AddressGuard guard = new AddressGuard(allow, own);
    OutboundSettings settings = new OutboundSettings(allow, List.of(), List.of(), caFile, proxy);
    return new OutboundHttp(settings, guard, new GuardedResolver(guard, names));
  }

  FetchResult fetch(FetchRequest request) throws OutboundException {
    try (OutboundHttp http = open()) {
      return http.fetch(request);
    }
  }

  OutboundException failure(FetchRequest request) {
    return catchThrowableOfType(OutboundException.class, () -> fetch(request));
  }
}
