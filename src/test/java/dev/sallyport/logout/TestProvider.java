package dev.sallyport.logout;

import dev.sallyport.testing.Entrance;
import dev.sallyport.testing.RunningServer;
import dev.sallyport.testing.TestDatabase;
import dev.sallyport.testing.TestIssuer;
import dev.sallyport.testing.TestToken;
import dev.sallyport.testing.Unique;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;

/// A sign-in provider of an entrance's issuer. It is written into the database, because over REST a
/// provider must answer to discovery.
record TestProvider(RunningServer server, TestIssuer issuer, String id, String clientId) {
  static final String EVENT = "http://schemas.openid.net/event/backchannel-logout";

  /// One with a client of an agent besides its own.
  static TestProvider of(Entrance entrance, String agent, String logoutEnds) {
    TestProvider provider =
        new TestProvider(
            entrance.server(), entrance.issuer(), Unique.name("prv"), Unique.name("client"));
    provider.update(
        """
        insert into oidc_provider (id, name, issuer_id, client_id, client_secret, scopes,
          groups_claim, userinfo_fallback, allowed_email_domains, iat_window_seconds,
          require_at_hash, logout_clients, logout_ends, end_connections_on_logout, self_service,
          enabled, revision, created_at, updated_at)
        select ?, ?, id, ?, '', '["openid"]', 'groups', false, '[]', 300, true, ?, ?, false, true,
          true, 1, now(), now()
        from issuer where iss = ?
        """,
        provider.id,
        provider.id,
        provider.clientId,
        "[\"" + agent + "\"]",
        logoutEnds,
        provider.issuer.iss());
    return provider;
  }

  void update(String sql, Object... arguments) {
    try (Connection connection = TestDatabase.connect(server);
        var statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < arguments.length; i++) {
        statement.setObject(i + 1, arguments[i]);
      }
      if (statement.executeUpdate() == 0) {
        throw new IllegalStateException("no row was touched");
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /// A logout token for the person and sign-in of an access token.
  TestToken logoutOf(TestToken access) {
    TestToken token =
        issuer
            .token(clientId)
            .header("typ", "logout+jwt")
            .without("exp")
            .without("email")
            .without("auth_time")
            .without("azp")
            .with("sub", access.claim("sub"))
            .with("events", Map.of(EVENT, Map.of()));
    Object sid = access.claim("sid");
    return sid == null ? token.without("sid") : token.with("sid", sid);
  }
}
