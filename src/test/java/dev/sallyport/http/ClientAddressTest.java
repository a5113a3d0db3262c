package dev.sallyport.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientAddressTest {
  private final ClientAddress rule = new ClientAddress(List.of("10.0.0.0/8", "fd00::/8"));

  @Test
  void ofWhenNothingIsTrustedThenThePeerCounts() throws Exception {
    InetAddress peer = ip("10.0.0.1");
    assertThat(new ClientAddress(List.of()).of(peer, List.of("1.2.3.4"))).isEqualTo(peer);
  }

  @Test
  void ofWhenThePeerIsNotTrustedThenTheHeaderIsNotRead() throws Exception {
    assertThat(rule.of(ip("9.9.9.9"), List.of("1.2.3.4"))).isEqualTo(ip("9.9.9.9"));
  }

  @Test
  void untrustedSenderWhenAHeaderDidNotCountThenWhoSentIt() throws Exception {
    rule.of(ip("9.9.9.9"), List.of());
    rule.of(ip("10.0.0.1"), List.of("1.2.3.4"));
    assertThat(rule.untrustedSender()).isEmpty();

    rule.of(ip("9.9.9.9"), List.of("1.2.3.4"));

    assertThat(rule.untrustedSender()).contains(ip("9.9.9.9"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1.2.3.4 | 1.2.3.4",
        "6.6.6.6, 1.2.3.4, 10.0.0.2 | 1.2.3.4",
        "10.0.0.3, 10.0.0.2 | 10.0.0.3",
        "1.2.3.4:5678 | 1.2.3.4",
        "[2001:db8::1]:443 | 2001:db8::1",
        "[2001:db8::1] | 2001:db8::1",
        "2001:db8::1 | 2001:db8::1",
        "::ffff:1.2.3.4 | 1.2.3.4",
        "1.2.3.4, ::ffff:10.0.0.9 | 1.2.3.4",
        "[::ffff:1.2.3.4]:80 | 1.2.3.4",
        "1.2.3.4 ,  fd00::7 | 1.2.3.4"
      })
  void ofWhenProxiesVouchThenTheFirstUntrustedFromTheRightCounts(String header, String client)
      throws Exception {
    assertThat(rule.of(ip("10.0.0.1"), List.of(header))).isEqualTo(ip(client));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1.2.3.4, unknown, 10.0.0.2 | 10.0.0.2",
        "1.2.3.4, , 10.0.0.2 | 10.0.0.2",
        "1.2.3.4, | 10.0.0.1",
        "1.2.3.4, 010.0.0.2 | 10.0.0.1",
        "1.2.3.4, 167772162 | 10.0.0.1",
        "1.2.3.4, fe80::1%eth0 | 10.0.0.1",
        "1.2.3.4, [10.0.0.2 | 10.0.0.1",
        "1.2.3.4, \"10.0.0.2\" | 10.0.0.1",
        "1.2.3.4, 10.0.0.2:port | 10.0.0.1"
      })
  void ofWhenAnEntryIsGarbageThenTheLastGoodOneCounts(String header, String client)
      throws Exception {
    assertThat(rule.of(ip("10.0.0.1"), List.of(header))).isEqualTo(ip(client));
  }

  @Test
  void ofWhenTheHeaderIsRepeatedThenTheLastLineIsRightmost() throws Exception {
    List<String> values = List.of("6.6.6.6", "1.2.3.4, 10.0.0.2");
    assertThat(rule.of(ip("10.0.0.1"), values)).isEqualTo(ip("1.2.3.4"));
    assertThat(rule.of(ip("10.0.0.1"), values.reversed())).isEqualTo(ip("6.6.6.6"));
  }

  @Test
  void ofWhenTheHeaderIsAbsentThenThePeerCounts() throws Exception {
    assertThat(rule.of(ip("10.0.0.1"), List.of())).isEqualTo(ip("10.0.0.1"));
  }

  @Test
  void newWhenARangeIsWrongThenNamesTheSetting() {
    assertThatThrownBy(() -> new ClientAddress(List.of("proxy.example")))
        .hasMessageContaining("SALLYPORT_TRUSTED_PROXIES")
        .hasMessageContaining("proxy.example");
  }

  @Test
  void newWhenARangeOfThoseThatMayAskIsWrongThenNamesTheSetting() {
    assertThatThrownBy(() -> new ClientAddress(List.of(), List.of("proxy.example")))
        .hasMessageContaining("SALLYPORT_FORWARD_AUTH_PROXIES");
  }

  @Test
  void mayAskOnlyWhoIsTrustedAndNamed() throws Exception {
    ClientAddress both = new ClientAddress(List.of("10.0.0.0/8"), List.of("10.0.0.1", "1.2.3.4"));

    assertThat(both.mayAsk(ip("10.0.0.1"))).isTrue();
    assertThat(both.mayAsk(ip("10.0.0.2"))).isFalse();
    assertThat(both.mayAsk(ip("1.2.3.4"))).isFalse();
  }

  @Test
  void groupWhenIpv6ThenIsItsSlash64() throws Exception {
    String group = ClientAddress.group(ip("2001:db8:1:2:aaaa::1"));
    assertThat(group).isEqualTo(ClientAddress.group(ip("2001:db8:1:2:ffff:ffff:ffff:ffff")));
    assertThat(group).isNotEqualTo(ClientAddress.group(ip("2001:db8:1:3::1")));
    assertThat(group).isEqualTo("2001:db8:1:2:0:0:0:0/64");
  }

  @Test
  void groupWhenIpv4ThenIsTheAddress() throws Exception {
    assertThat(ClientAddress.group(ip("1.2.3.4"))).isEqualTo("1.2.3.4");
    assertThat(ClientAddress.group(ip("::ffff:1.2.3.4"))).isEqualTo("1.2.3.4");
  }

  private static InetAddress ip(String text) throws UnknownHostException {
    return InetAddress.getByName(text);
  }
}
