package dev.sallyport.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.testing.Entrance;
import dev.sallyport.testing.GatewayClient;
import dev.sallyport.testing.HttpBrowser;
import dev.sallyport.testing.Rest;
import dev.sallyport.testing.RunningServer;
import dev.sallyport.testing.TestToken;
import dev.sallyport.testing.demo.DumperApp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A running place is backed up as PostgreSQL's manual says (section "Making a Base Backup Using
/// the Low Level API"), and comes up from the backup and the vault's key: who was in is in. With
/// another key it does not start, and says which one it wants.
class BackupOwnServerIT {
  @TempDir Path folder;

  @Test
  void restoreWhenTheKeyIsThereThenEverythingWorksAndElseTheMissingOneIsNamed()
      throws IOException, SQLException {
    Path backup = Files.createDirectories(folder.resolve("restored"));
    try (DumperApp upstream = DumperApp.start(0);
        GatewayClient client = new GatewayClient()) {
      Before before;
      try (RunningServer server = RunningServer.start(Map.of())) {
        before = Before.make(server, upstream, client);
        backUp(server, backup);
      }

      try (RunningServer server = RunningServer.startOn(backup)) {
        before.holds(server, client, upstream);
      }

      String id = keyId(Files.readString(backup.resolve("secrets/master-key")));
      Files.writeString(
          backup.resolve("secrets/master-key"), Base64.getEncoder().encodeToString(new byte[32]));
      assertThatThrownBy(() -> RunningServer.startOn(backup))
          .hasMessageContaining("SALLYPORT_MASTER_KEY lacks the key " + id);
    }
  }

  /// Somebody with a live session at an app with a secret, and somebody at the console.
  private record Before(String url, String session, String token, HttpBrowser console) {
    static Before make(RunningServer server, DumperApp upstream, GatewayClient client) {
      Entrance entrance = Entrance.to(server, upstream.url() + "/");
      Rest rest = entrance.rest();
      String path = entrance.appPath() + "/upstream-credential";
      Map<String, String> secret =
          Map.of("kind", "static", "header", "X-Api-Key", "value", "kept-secret");
      assertThat(rest.put(path, rest.get(path).etag(), secret).status()).isEqualTo(200);
      TestToken token = entrance.token();
      assertThat(client.get(entrance.url() + "/x", token.signed()).statusCode()).isEqualTo(200);
      return new Before(entrance.url(), entrance.session(), token.signed(), signIn(server));
    }

    private static HttpBrowser signIn(RunningServer server) {
      HttpBrowser browser = new HttpBrowser(server);
      browser.post("/auth/sign-in", "credential=" + server.adminKey().reveal());
      return browser;
    }

    void holds(RunningServer server, GatewayClient client, DumperApp upstream) {
      assertThat(client.get(url + "/y", token).statusCode()).isEqualTo(200);
      assertThat(upstream.received().getLast().header("X-Api-Key")).contains("kept-secret");
      assertThat(Rest.admin(server).get("app-sessions/" + session).at("/endedAt")).isEmpty();
      assertThat(console.get("/api/v1/auth/me").statusCode()).isEqualTo(200);
      assertThat(Rest.admin(server).get("audit/verify").at("/ok")).isEqualTo("true");
    }
  }

  private static void backUp(RunningServer server, Path to) throws IOException, SQLException {
    Path from = server.dataFolder();
    try (Connection connection = superuser(from);
        var statement = connection.createStatement()) {
      statement.execute("select pg_backup_start('test', true)");
      copy(from.resolve("pg"), to.resolve("pg"), List.of("pg_wal/", "postmaster."));
      try (ResultSet row = statement.executeQuery("select labelfile from pg_backup_stop(false)")) {
        row.next();
        Files.writeString(to.resolve("pg/backup_label"), row.getString(1));
      }
    }
    copy(from.resolve("pg/pg_wal"), to.resolve("pg/pg_wal"), List.of());
    copy(from.resolve("secrets"), to.resolve("secrets"), List.of());
    // The same addresses, as a place that takes another's over has them.
    Files.copy(from.resolve("ports.properties"), to.resolve("ports.properties"));
  }

  private static Connection superuser(Path data) throws IOException, SQLException {
    Properties ports = new Properties();
    try (var reader = Files.newBufferedReader(data.resolve("ports.properties"))) {
      ports.load(reader);
    }
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:" + ports.getProperty("database") + "/postgres",
        "postgres",
        Files.readString(data.resolve("secrets/database-owner-password")).strip());
  }

  private static void copy(Path from, Path to, List<String> without) throws IOException {
    try (Stream<Path> paths = Files.walk(from)) {
      paths.forEach(
          path -> {
            String name = from.relativize(path).toString();
            if (without.stream().noneMatch(name::startsWith)) {
              copyOne(path, to.resolve(name));
            }
          });
    }
  }

  // What the database does away with meanwhile, it writes again from its log.
  private static void copyOne(Path from, Path to) {
    try {
      Files.copy(from, to, StandardCopyOption.COPY_ATTRIBUTES, StandardCopyOption.REPLACE_EXISTING);
    } catch (NoSuchFileException e) {
      return;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// As the page on backups says it is found out: the beginning of the key's SHA-256.
  private static String keyId(String key) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(Base64.getDecoder().decode(key));
      return HexFormat.of().formatHex(hash, 0, 4);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
