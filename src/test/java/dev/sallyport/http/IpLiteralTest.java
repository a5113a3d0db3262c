package dev.sallyport.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IpLiteralTest {

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "10.1.2.3", "255.255.255.255", "::1", "2001:db8::1"})
  void parseWhenPlainThenGivesTheAddress(String text) throws Exception {
    assertThat(IpLiteral.parse(text)).isEqualTo(InetAddress.getByName(text));
  }

  @Test
  void parseWhenIpv4MappedThenGivesIpv4() throws Exception {
    assertThat(IpLiteral.parse("::ffff:127.0.0.1")).isEqualTo(InetAddress.getByName("127.0.0.1"));
    assertThat(IpLiteral.parse("::ffff:7f00:1")).isEqualTo(InetAddress.getByName("127.0.0.1"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "127.1",
        "2130706433",
        "0x7f.0.0.1",
        "0177.0.0.1",
        "127.0.0.01",
        "256.1.1.1",
        "1.2.3.4.5",
        "1.2.3.4 ",
        "localhost",
        "fe80::1%lo",
        "[::1]",
        "::1::",
        ":",
        "12345::"
      })
  void parseWhenAnythingElseThenGivesNull(String text) {
    assertThat(IpLiteral.parse(text)).isNull();
  }
}
