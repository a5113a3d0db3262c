package dev.sallyport.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Refuses a database that a newer Sallyport has changed: this one would not know what the new
/// columns mean.
final class SchemaVersion {
  private static final Pattern CHANGESET = Pattern.compile("(?m)^--changeset [^:\\s]+:(\\S+)");

  private SchemaVersion() {}

  static void requireKnown(Database database, Path liquibase) {
    Set<String> unknown = applied(database);
    unknown.removeAll(known(liquibase));
    if (!unknown.isEmpty()) {
      throw new LaunchFailedException(
          "The data folder was used by a newer Sallyport (schema changes "
              + String.join(", ", unknown)
              + "): update this checkout, or give another --data.");
    }
  }

  private static Set<String> known(Path liquibase) {
    try (Stream<Path> files = Files.list(liquibase)) {
      return files
          .filter(file -> file.toString().endsWith(".sql"))
          .flatMap(file -> CHANGESET.matcher(read(file)).results())
          .map(match -> match.group(1))
          .collect(Collectors.toSet());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Set<String> applied(Database database) {
    try (Connection connection = database.connect(Database.NAME);
        Statement statement = connection.createStatement()) {
      Set<String> ids = new TreeSet<>();
      if (hasChangelog(connection)) {
        ResultSet rows = statement.executeQuery("select id from databasechangelog");
        while (rows.next()) {
          ids.add(rows.getString(1));
        }
      }
      return ids;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean hasChangelog(Connection connection) throws SQLException {
    try (ResultSet table =
        connection.getMetaData().getTables(null, null, "databasechangelog", null)) {
      return table.next();
    }
  }
}
