package dev.sallyport.logout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.connections.grants.Person;
import dev.sallyport.connections.grants.SeededGrants;
import dev.sallyport.testing.Entrance;
import dev.sallyport.testing.GatewayClient;
import dev.sallyport.testing.RunningServer;
import dev.sallyport.testing.TestToken;
import dev.sallyport.testing.demo.DumperApp;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// What a sign-out at the identity provider does to connected accounts.
@ExtendWith(RunningServer.Extension.class)
class ConnectionLogoutIT {
  private final GatewayClient client = new GatewayClient();
  private final DumperApp upstream = DumperApp.start(0);
  private SeededGrants grants;
  private Entrance entrance;
  private TestProvider provider;
  private TestToken token;
  private String connection;

  @BeforeEach
  void open(RunningServer server) {
    grants = new SeededGrants(server);
    entrance = Entrance.to(server, upstream.url() + "/");
    provider = TestProvider.of(entrance, "agent-client", "session");
    token = entrance.token();
    Person person = new Person(entrance.issuer().iss(), String.valueOf(token.claim("sub")));
    connection =
        grants.keep(
            SeededGrants.Seed.of(person, "ada", entrance.appPath().substring("apps/".length())));
  }

  @AfterEach
  void close() {
    client.close();
    upstream.close();
    grants.close();
  }

  private void endConnections() {
    provider.update(
        "update oidc_provider set end_connections_on_logout = true where id = ?", provider.id());
  }

  private void logout(TestToken logoutToken) {
    var answer =
        client.send(
            "POST",
            entrance.server().base() + "/auth/oidc/back-channel-logout",
            BodyPublishers.ofString("logout_token=" + logoutToken.signed()),
            "Content-Type",
            "application/x-www-form-urlencoded");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  private String endedReason() {
    return grants.column(connection, "ended_reason");
  }

  @Test
  void logoutWhenTheProviderSaysSoThenConnectionsEnd() {
    endConnections();
    logout(provider.logoutOf(token));
    assertThat(endedReason()).isEqualTo("logged-out");
  }

  @Test
  void logoutWhenTheProviderDoesNotSayItThenConnectionsStay() {
    logout(provider.logoutOf(token));
    assertThat(endedReason()).isNull();
  }

  @Test
  void logoutWhenOnlyTheSignInIsNamedThenThePersonIsWhoHasASessionOfIt() {
    endConnections();
    assertThat(client.get(entrance.url() + "/x", token.signed()).statusCode()).isEqualTo(200);
    logout(provider.logoutOf(token).without("sub"));
    assertThat(endedReason()).isEqualTo("logged-out");
  }
}
