package dev.sallyport.testing.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.crypto.Secret;
import dev.sallyport.testing.idp.DemoIssuer;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class DemoWorldTest {
  private final Map<String, Secret> passwords =
      DemoWorld.PEOPLE.stream().collect(Collectors.toMap(n -> n, n -> new Secret(n + "-pw")));

  @Test
  void startWhenClosedThenStartsAgainAtTheSamePortsWithTheSamePeople() {
    DemoWorld.Ports ports;
    String subject;
    try (DemoWorld first = DemoWorld.start(DemoWorld.Ports.FREE, passwords)) {
      ports = first.ports();
      subject = first.issuer().user("alice").subject();
    }
    try (DemoWorld second = DemoWorld.start(ports, passwords)) {
      assertThat(second.ports()).isEqualTo(ports);
      assertThat(second.issuer().user("alice").subject()).isEqualTo(subject);
      assertThat(second.issuer().user("bob").groups()).containsExactly("eng");
    }
  }

  @Test
  void startWhenOnePortIsTakenThenLeavesNoneOpen() {
    DemoWorld.Ports ports;
    try (DemoWorld free = DemoWorld.start(DemoWorld.Ports.FREE, passwords)) {
      ports = free.ports();
    }
    try (DumperApp squatter = DumperApp.start(ports.dumper())) {
      assertThatThrownBy(() -> DemoWorld.start(ports, passwords))
          .hasMessage("Can't listen on 127.0.0.1:" + squatter.port());
    }
    DemoIssuer.start(ports.issuer(), List.of()).close();
    DemoMcpServer.start(ports.mcp()).close();
  }

  @Test
  void startWhenAPasswordIsMissingThenNamesThePerson() {
    assertThatThrownBy(() -> DemoWorld.start(DemoWorld.Ports.FREE, Map.of()))
        .hasMessage("No password for alice");
  }
}
