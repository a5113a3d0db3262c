package dev.sallyport.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.http.AddressGuard.Purpose;
import dev.sallyport.http.GuardedResolver.Resolution;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GuardedResolverTest {

  @Test
  void resolveWhenSomeAddressesAreAllowedThenGivesOnlyThose() throws Exception {
    assertThat(resolver("10.0.0.1", "8.8.8.8", "::1").resolve(Purpose.CONTROL, "idp.example", 443))
        .isEqualTo(new Resolution.Found(List.of(InetAddress.getByName("8.8.8.8"))));
  }

  @Test
  void resolveWhenNoneIsAllowedThenRefuses() {
    assertThat(resolver("10.0.0.1").resolve(Purpose.CONTROL, "idp.example", 443))
        .isInstanceOf(Resolution.Refused.class);
  }

  @Test
  void resolveWhenTheNameIsUnknownThenSaysSo() {
    assertThat(resolver().resolve(Purpose.CONTROL, "idp.example", 443))
        .isEqualTo(new Resolution.Unknown("The host idp.example is unknown to DNS."));
  }

  @Test
  void resolveWhenLiteralThenAsksNoDns() throws Exception {
    assertThat(resolver().resolve(Purpose.UPSTREAM, "[::1]", 3001))
        .isEqualTo(new Resolution.Found(List.of(InetAddress.getByName("::1"))));
  }

  private static GuardedResolver resolver(String... addresses) {
    OwnEndpoints own = new OwnEndpoints(URI.create("https://gate.example"), Set.of());
    return new GuardedResolver(new AddressGuard(List.of(), own), host -> lookUp(host, addresses));
  }

  private static InetAddress[] lookUp(String host, String... addresses)
      throws UnknownHostException {
    InetAddress[] found = new InetAddress[addresses.length];
    for (int i = 0; i < addresses.length; i++) {
      found[i] = InetAddress.getByName(addresses[i]);
    }
    if (found.length == 0) {
      throw new UnknownHostException(host);
    }
    return found;
  }
}
