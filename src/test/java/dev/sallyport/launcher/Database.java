package dev.sallyport.launcher;

import dev.sallyport.crypto.Secret;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;

/// PostgreSQL on a kept folder, with a database for the server and two accounts: one
/// that migrates, one that runs.
final class Database implements AutoCloseable {
  static final String NAME = "sallyport";
  // Owns the database and everything in it.
  static final String MIGRATE_USER = NAME;
  static final String RUN_USER = "sallyport_run";

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
      database.prepare(secrets);
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

  private void prepare(KeptSecrets secrets) {
    try (Connection connection = connect("postgres");
        var statement = connection.createStatement()) {
      role(statement, MIGRATE_USER, KeptSecrets.read(secrets.migratePasswordFile()));
      role(statement, RUN_USER, KeptSecrets.read(secrets.runPasswordFile()));
      if (!exists(statement, "pg_database where datname = '" + NAME + "'")) {
        statement.execute("create database " + NAME + " owner " + MIGRATE_USER);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void role(Statement statement, String name, Secret password) throws SQLException {
    if (!exists(statement, "pg_roles where rolname = '" + name + "'")) {
      // The password is base64url: nothing in it needs quoting.
      statement.execute("create role " + name + " login password '" + password.reveal() + "'");
    }
  }

  private static boolean exists(Statement statement, String what) throws SQLException {
    try (ResultSet found = statement.executeQuery("select 1 from " + what)) {
      return found.next();
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
