package dev.sallyport.cluster;

import dev.sallyport.authz.CallContext;
import dev.sallyport.authz.NoPermissionNeeded;
import dev.sallyport.config.Settings;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.util.Map;
import javax.sql.DataSource;
import liquibase.Contexts;
import liquibase.Liquibase;
import liquibase.Scope;
import liquibase.database.DatabaseFactory;
import liquibase.database.jvm.JdbcConnection;
import liquibase.resource.ClassLoaderResourceAccessor;

/// The first thing that runs: brings the schema up to date, then tells everybody to start.
@Singleton
@Startup
@TransactionManagement(TransactionManagementType.BEAN)
@NoPermissionNeeded("Runs by itself at start.")
public class Migration {
  // Any constant will do, as long as every node takes the same.
  private static final long LOCK = 7_255_591;

  @Resource(lookup = "java:jboss/datasources/SallyportDS")
  DataSource dataSource;

  @Inject Settings settings;
  @Inject Event<DatabaseReady> ready;

  @PostConstruct
  void start() {
    // Touched first: bad settings must stop the start before anything is written.
    settings.publicBase();
    migrate();
    CallContext.system().run(() -> ready.fire(new DatabaseReady()));
  }

  private void migrate() {
    try (Connection connection = dataSource.getConnection();
        var statement = connection.createStatement()) {
      // A node killed in a migration leaves Liquibase's own lock behind; this one dies with it.
      statement.execute("select pg_advisory_lock(" + LOCK + ")");
      try {
        update(connection);
      } finally {
        statement.execute("select pg_advisory_unlock(" + LOCK + ")");
      }
    } catch (Exception e) {
      throw new IllegalStateException("the database could not be migrated", e);
    }
  }

  private static void update(Connection connection) throws Exception {
    var resources = new ClassLoaderResourceAccessor(Migration.class.getClassLoader());
    Scope.child(
        Map.of(Scope.Attr.resourceAccessor.name(), resources),
        () -> {
          var database =
              DatabaseFactory.getInstance()
                  .findCorrectDatabaseImplementation(new JdbcConnection(connection));
          try (var liquibase = new Liquibase("liquibase/changelog.xml", resources, database)) {
            liquibase.forceReleaseLocks();
            liquibase.update(new Contexts());
          }
        });
  }
}
