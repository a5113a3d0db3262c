package dev.sallyport.cluster;

import java.nio.file.Path;
import java.sql.Connection;
import liquibase.resource.DirectoryResourceAccessor;

/// The schema outside of the server.
public final class SchemaFixture {
  private SchemaFixture() {}

  /// Brings an empty database to today's schema; closes the connection.
  public static void migrate(Connection owner) throws Exception {
    Migration.update(owner, new DirectoryResourceAccessor(Path.of(".")));
  }
}
