package dev.sallyport.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

/// The running server's database, with the server's own account.
public final class TestDatabase {
  private TestDatabase() {}

  public static Connection connect(RunningServer server) throws SQLException {
    Path data = server.dataFolder();
    try (var reader = Files.newBufferedReader(data.resolve("ports.properties"))) {
      Properties ports = new Properties();
      ports.load(reader);
      return DriverManager.getConnection(
          "jdbc:postgresql://127.0.0.1:" + ports.getProperty("database") + "/sallyport",
          "sallyport",
          Files.readString(data.resolve("secrets/database-password")).strip());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
