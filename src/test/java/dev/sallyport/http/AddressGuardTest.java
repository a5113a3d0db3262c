package dev.sallyport.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.http.AddressGuard.Purpose;
import dev.sallyport.http.AddressGuard.Target;
import dev.sallyport.http.AddressGuard.Verdict;
import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressGuardTest {
  private static final OwnEndpoints OWN =
      new OwnEndpoints(URI.create("https://gate.example"), Set.of(8080, 9990));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "8.8.8.8",
        "192.0.1.1",
        "172.32.0.1",
        "100.128.0.1",
        "2606:4700::1111",
        "2002:808:808::1",
        "64:ff9b::808:808",
        "::ffff:8.8.8.8"
      })
  void judgeWhenFetchGoesToPublicAddressThenAllows(String address) throws Exception {
    assertThat(judge(guard(), Purpose.CONTROL, address)).isInstanceOf(Verdict.Allowed.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "127.9.9.9",
        "::1",
        "0.0.0.0",
        "::",
        "10.0.0.1",
        "172.16.0.1",
        "172.31.255.255",
        "192.168.1.1",
        "100.64.0.1",
        "100.127.255.255",
        "169.254.1.1",
        "169.254.169.254",
        "fe80::1",
        "fc00::1",
        "fdff::1",
        "fec0::1",
        "224.0.0.1",
        "ff02::1",
        "240.0.0.1",
        "255.255.255.255",
        "192.0.2.1",
        "198.51.100.1",
        "203.0.113.1",
        "198.18.0.1",
        "2001:db8::1",
        "3fff::1",
        "2001::1",
        "4000::1",
        "168.63.129.16",
        "100.100.100.200"
      })
  void judgeWhenFetchGoesToSpecialAddressThenRefuses(String address) throws Exception {
    assertThat(judge(guard(), Purpose.CONTROL, address)).isInstanceOf(Verdict.Refused.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "::ffff:127.0.0.1", "::ffff:a00:1", "::10.0.0.1", "::ffff:0:10.0.0.1", "2002:7f00:1::1",
        "2002:a00:1::", "64:ff9b::10.0.0.1", "64:ff9b:1::10.0.0.1", "64:ff9b:1::8.8.8.8",
            "::8.8.8.8"
      })
  void judgeWhenIpv4IsEmbeddedThenFetchIsJudgedByIt(String address) throws Exception {
    assertThat(judge(guard(), Purpose.CONTROL, address)).isInstanceOf(Verdict.Refused.class);
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.5, 10.0.0.5",
    "10.0.0.0/8, 10.0.0.5",
    "10.0.0.0/8, 64:ff9b::10.0.0.5",
    "IDP.example., 10.0.0.5",
    "idp.example, ::1",
    "169.254.10.0/24, 169.254.10.1",
    "::1, ::1"
  })
  void judgeWhenTheSettingNamesItThenAllowsTheFetch(String allow, String address) throws Exception {
    assertThat(judge(guard(allow), Purpose.CONTROL, address)).isInstanceOf(Verdict.Allowed.class);
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.6, 10.0.0.5",
    "other.example, 10.0.0.5",
    "idp.example, 169.254.169.254",
    "idp.example, fd00:ec2::254",
    "idp.example, 0.0.0.0"
  })
  void judgeWhenTheSettingNamesAnotherOrOnlyTheNameThenRefuses(String allow, String address)
      throws Exception {
    assertThat(judge(guard(allow), Purpose.CONTROL, address)).isInstanceOf(Verdict.Refused.class);
  }

  @Test
  void judgeWhenRefusedThenSaysHostAddressAndSetting() throws Exception {
    assertThat(judge(guard(), Purpose.CONTROL, "10.0.0.5"))
        .isEqualTo(
            new Verdict.Refused(
                "idp.example has the address 10.0.0.5, which is a private address; name the host or"
                    + " the address in SALLYPORT_OUTBOUND_ALLOW to allow it."));
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "::1", "10.0.0.1", "100.64.0.1", "fd00::1", "8.8.8.8"})
  void judgeWhenAppIsInsideThenAllowsTheCall(String address) throws Exception {
    assertThat(judge(guard(), Purpose.UPSTREAM, address)).isInstanceOf(Verdict.Allowed.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "169.254.169.254",
        "169.254.170.2",
        "fd00:ec2::254",
        "fd20:ce::254",
        "100.100.100.200",
        "168.63.129.16",
        "fe80::1",
        "224.0.0.1",
        "ff02::1",
        "0.0.0.0",
        "::",
        "0.1.2.3",
        "64:ff9b::169.254.169.254",
        "64:ff9b:1::169.254.169.254",
        "2002:a9fe:a9fe::",
        "::ffff:169.254.169.254",
        "::169.254.169.254",
        "2001:0:1:1:0:0:5601:5601"
      })
  void judgeWhenAppIsNowhereAnAppIsThenRefusesWhateverIsAllowed(String address) throws Exception {
    AddressGuard guard = guard("0.0.0.0/0", "::/0", "idp.example");
    assertThat(judge(guard, Purpose.UPSTREAM, address)).isInstanceOf(Verdict.Refused.class);
  }

  @ParameterizedTest
  @CsvSource({"127.0.0.1, 8080", "127.0.0.2, 9990", "::1, 8080", "::127.0.0.1, 8080"})
  void judgeWhenAppIsSallyportsOwnPortThenRefuses(String address, int port) throws Exception {
    Target target = new Target("localhost", InetAddress.getByName(address), port);
    assertThat(guard("127.0.0.1").judge(Purpose.UPSTREAM, target))
        .isInstanceOf(Verdict.Refused.class);
  }

  @Test
  void judgeWhenAppIsThePublicUrlThenRefuses() throws Exception {
    InetAddress balancer = InetAddress.getByName("8.8.8.8");
    assertThat(guard().judge(Purpose.UPSTREAM, new Target("GATE.example.", balancer, 443)))
        .isInstanceOf(Verdict.Refused.class);
    assertThat(guard().judge(Purpose.UPSTREAM, new Target("gate.example", balancer, 8443)))
        .isInstanceOf(Verdict.Allowed.class);
  }

  @Test
  void judgeWhenOwnPortIsOnAnotherMachineThenAllows() throws Exception {
    Target target = new Target("app", InetAddress.getByName("8.8.8.8"), 8080);
    assertThat(guard().judge(Purpose.UPSTREAM, target)).isInstanceOf(Verdict.Allowed.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"host:8080", "http://host", "10.0.0.0/99", "2130706433", "0x7f", "a b"})
  void newWhenEntryIsNothingThenNamesTheSetting(String entry) {
    assertThatThrownBy(() -> guard(entry)).hasMessageContaining("SALLYPORT_OUTBOUND_ALLOW");
  }

  private static AddressGuard guard(String... allow) {
    return new AddressGuard(List.of(allow), OWN);
  }

  private static Verdict judge(AddressGuard guard, Purpose purpose, String address)
      throws Exception {
    return guard.judge(purpose, new Target("idp.example", InetAddress.getByName(address), 443));
  }
}
