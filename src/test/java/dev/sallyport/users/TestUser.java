package dev.sallyport.users;

import dev.sallyport.testing.Entrance;
import dev.sallyport.testing.RunningServer;
import dev.sallyport.testing.TestDatabase;
import dev.sallyport.testing.TestToken;
import dev.sallyport.testing.Unique;
import java.sql.Connection;
import java.sql.SQLException;

/// A person who has signed in, as the database has it.
record TestUser(RunningServer server, String id, String subject, String name) {
  /// One who is called like this, at a provider of this id.
  static TestUser named(Entrance entrance, String name, String provider) {
    TestToken token = entrance.token();
    TestUser user =
        new TestUser(
            entrance.server(), Unique.name("usr"), String.valueOf(token.claim("sub")), name);
    user.update(
        """
        insert into app_user (id, issuer, subject, provider_id, email, display_name, groups,
          created_at, last_sign_in_at)
        values (?, ?, ?, ?, ?, ?, '["staff"]', now(), now())
        """,
        user.id,
        entrance.issuer().iss(),
        user.subject,
        provider,
        name + "@example.test",
        name);
    return user;
  }

  void assign(String role) {
    update(
        """
        insert into assignment (id, actor_kind, actor_id, role_id, created_at, created_by)
        values (?, 'user', ?, ?, now(), 'test')
        """,
        Unique.name("asg"),
        id,
        role);
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
}
