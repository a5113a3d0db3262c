package dev.sallyport.launcher;

import dev.sallyport.crypto.Secret;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;

/// PostgreSQL on a kept folder, with an account and a database for the server.
final class Database implements AutoCloseable {
  static final String NAME = "sallyport";

  private final EmbeddedPostgres postgres;
  private final Secret ownerPassword;

  private Database(EmbeddedPostgres postgres, Secret ownerPassword) {
    this.postgres = postgres;
    this.ownerPassword = ownerPassword;
  }

  /// Starts it; `programs` is where its binaries are unpacked once.
  static Database start(DataFolder data, int port, Path programs) {
    Leftovers.stopDatabase(data.path("pg"));
    KeptSecrets secrets = new KeptSecrets(data);
    try {
      Database database =
          new Database(
              builder(data, secrets)
                  .setOverrideWorkingDirectory(programs.toFile())
                  .setPort(port)
                  .start(),
              KeptSecrets.read(secrets.databaseOwnerFile()));
      database.prepare(KeptSecrets.read(secrets.databasePasswordFile()));
      return database;
    } catch (IOException | RuntimeException e) {
      throw new LaunchFailedException(
          "PostgreSQL did not start; see " + data.path("postgresql.log"), e);
    }
  }

  private static EmbeddedPostgres.Builder builder(DataFolder data, KeptSecrets secrets) {
    var log = ProcessBuilder.Redirect.appendTo(data.path("postgresql.log").toFile());
    Path owner = secrets.databaseOwnerFile();
    return EmbeddedPostgres.builder()
        .setDataDirectory(data.path("pg"))
        .setCleanDataDirectory(false)
        .setRegisterShutdownHook(false)
        .setPGStartupWait(Duration.ofSeconds(60))
        .setOutputRedirector(log)
        .setErrorRedirector(log)
        // These become options of initdb: every account needs its password, also on loopback.
        .setLocaleConfig("locale", "C")
        .setLocaleConfig("auth", "scram-sha-256")
        .setLocaleConfig("pwfile", owner.toString())
        .setConnectConfig("password", KeptSecrets.read(owner).reveal())
        // The library switches both off, and a kept database must survive a crash.
        .setServerConfig("fsync", "on")
        .setServerConfig("synchronous_commit", "on");
  }

  private void prepare(Secret password) {
    try (Connection connection = connect("postgres");
        var statement = connection.createStatement()) {
      var found =
          statement.executeQuery("select 1 from pg_database where datname = '" + NAME + "'");
      if (!found.next()) {
        // The password is base64url: nothing in it needs quoting.
        statement.execute("create role " + NAME + " login password '" + password.reveal() + "'");
        statement.execute("create database " + NAME + " owner " + NAME);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /// As the superuser.
  Connection connect(String database) throws SQLException {
    return postgres
        .getDatabase("postgres", database, Map.of("password", ownerPassword.reveal()))
        .getConnection();
  }

  String jdbcUrl() {
    return "jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/" + NAME;
  }

  @Override
  public void close() {
    try {
      postgres.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
