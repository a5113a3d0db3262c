package dev.sallyport.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CidrTest {

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8, 10.255.255.255",
    "10.9.9.9/8, 10.0.0.1",
    "192.168.4.0/22, 192.168.7.255",
    "127.0.0.1, 127.0.0.1",
    "0.0.0.0/0, 203.0.113.9",
    "2001:db8::/33, 2001:db8:7fff::1",
    "::/0, 2001:db8::1",
    "::ffff:10.0.0.0/104, 10.1.2.3",
    "10.0.0.0/8, ::ffff:10.1.2.3"
  })
  void containsWhenInRangeThenTrue(String range, String address) throws Exception {
    assertThat(Cidr.parse(range).contains(InetAddress.getByName(address))).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8, 11.0.0.0",
    "192.168.4.0/22, 192.168.8.0",
    "127.0.0.1, 127.0.0.2",
    "2001:db8::/33, 2001:db8:8000::1",
    "0.0.0.0/0, ::1",
    "::/0, 1.2.3.4"
  })
  void containsWhenOutsideThenFalse(String range, String address) throws Exception {
    assertThat(Cidr.parse(range).contains(InetAddress.getByName(address))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/8",
        "10.0.0.0/",
        "10.0.0.0/33",
        "::/129",
        "10.0.0.0/-1",
        "10.0.0.0/8/8",
        "host/8",
        "::ffff:10.0.0.0/8"
      })
  void parseWhenMalformedThenThrows(String text) {
    assertThatThrownBy(() -> Cidr.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void equalsWhenHostBitsDifferThenTheRangeIsTheSame() {
    assertThat(Cidr.parse("10.1.2.3/8")).isEqualTo(Cidr.parse("10.0.0.0/8"));
    assertThat(Cidr.parse("10.1.2.3/8")).hasToString("10.0.0.0/8");
  }
}
