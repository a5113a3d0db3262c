package dev.sallyport.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

/// The running server's database.
public final class TestDatabase {
  private TestDatabase() {}

  /// With the account that the server runs as, which may read and write rows.
  public static Connection connect(RunningServer server) throws SQLException {
    return connect(server, "sallyport", "sallyport_run", "database-run-password");
  }

  /// With the account that owns the tables, to do to them what the server can't.
  public static Connection own(RunningServer server) throws SQLException {
    return own(server, "sallyport");
  }

  static Connection own(RunningServer server, String database) throws SQLException {
    return connect(server, database, "sallyport", "database-password");
  }

  static Connection superuser(RunningServer server) throws SQLException {
    return connect(server, "postgres", "postgres", "database-owner-password");
  }

  private static Connection connect(
      RunningServer server, String database, String user, String secret) throws SQLException {
    Path data = server.dataFolder();
    try (var reader = Files.newBufferedReader(data.resolve("ports.properties"))) {
      Properties ports = new Properties();
      ports.load(reader);
      return DriverManager.getConnection(
          "jdbc:postgresql://127.0.0.1:" + ports.getProperty("database") + "/" + database,
          user,
          Files.readString(data.resolve("secrets").resolve(secret)).strip());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
