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
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import javax.sql.DataSource;
import liquibase.Contexts;
import liquibase.Liquibase;
import liquibase.Scope;
import liquibase.database.DatabaseFactory;
import liquibase.database.jvm.JdbcConnection;
import liquibase.resource.ClassLoaderResourceAccessor;
import liquibase.resource.ResourceAccessor;
import liquibase.ui.LoggerUIService;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/// The first thing that runs: brings the schema up to date, then tells everybody to start.
@Singleton
@Startup
@TransactionManagement(TransactionManagementType.BEAN)
@NoPermissionNeeded("Runs by itself at start.")
public class Migration {
  private static final Logger LOG = Logger.getLogger(Migration.class);
  // Any constant will do, as long as every node takes the same.
  private static final long LOCK = 7_255_591;
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(4);
  private static final Duration RETRY = Duration.ofMillis(200);
  private static final Duration PAUSE = Duration.ofSeconds(2);

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
    try (Connection lock = awaitDatabase();
        var statement = lock.createStatement()) {
      // A node killed in a migration leaves Liquibase's own lock behind; this one dies with it.
      await(statement);
      try {
        update(connect(), new ClassLoaderResourceAccessor(Migration.class.getClassLoader()));
        keep(lock);
        grant(statement);
      } finally {
        statement.execute("select pg_advisory_unlock(" + LOCK + ")");
      }
    } catch (Exception e) {
      throw new IllegalStateException("the database could not be migrated", e);
    }
  }

  /// Where everything starts at once, the database is often the last.
  private Connection awaitDatabase() throws SQLException {
    long end = System.nanoTime() + LONGEST_WAIT.toNanos();
    while (true) {
      try {
        return connect();
      } catch (SQLException e) {
        if (!isAway(e) || System.nanoTime() > end) {
          throw e;
        }
        LOG.warnf("Waiting for the database: %s", e.getMessage());
        LockSupport.parkNanos(PAUSE.toNanos());
      }
    }
  }

  private static boolean isAway(Throwable failure) {
    return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
        .anyMatch(cause -> cause instanceof SQLException e && isAway(e.getSQLState()));
  }

  // Class 08: no connection; 57P03: the database is still starting.
  private static boolean isAway(@Nullable String state) {
    return state != null && (state.startsWith("08") || state.equals("57P03"));
  }

  private Connection connect() throws SQLException {
    Settings.Account owner = settings.database().migrate();
    if (owner == null) {
      return dataSource.getConnection();
    }
    var source = new PGSimpleDataSource();
    source.setUrl(settings.database().listenUrl());
    source.setUser(owner.user());
    source.setPassword(owner.password().reveal());
    source.setApplicationName("sallyport-migration");
    source.setConnectTimeout(3);
    return source.getConnection();
  }

  private void keep(Connection owner) throws SQLException {
    try (var keep =
        owner.prepareStatement(
            "insert into audit_keep (age) values (?::interval)"
                + " on conflict (one) do update set age = excluded.age")) {
      keep.setString(1, settings.auditRetention().toString());
      keep.execute();
    }
  }

  private void grant(Statement statement) throws SQLException {
    Settings.DatabaseSettings database = settings.database();
    if (database.migrate() != null && !database.migrate().user().equals(database.run().user())) {
      try (var grant = statement.getConnection().prepareStatement("select run_access(?)")) {
        grant.setString(1, database.run().user());
        grant.execute();
      }
    }
  }

  // Asked again and again, because a read that waits longer than the socket's timeout would fail.
  private static void await(Statement statement) throws SQLException {
    long end = System.nanoTime() + LONGEST_WAIT.toNanos();
    while (System.nanoTime() < end) {
      try (ResultSet row = statement.executeQuery("select pg_try_advisory_lock(" + LOCK + ")")) {
        if (row.next() && row.getBoolean(1)) {
          return;
        }
      }
      LockSupport.parkNanos(RETRY.toNanos());
    }
    throw new IllegalStateException("another node has been migrating for " + LONGEST_WAIT);
  }

  /// Closes the connection, as Liquibase does.
  static void update(Connection connection, ResourceAccessor changes) throws Exception {
    Scope.child(
        Map.of(
            Scope.Attr.resourceAccessor.name(),
            changes,
            Scope.Attr.ui.name(),
            new LoggerUIService()),
        () -> {
          var database =
              DatabaseFactory.getInstance()
                  .findCorrectDatabaseImplementation(new JdbcConnection(connection));
          try (var liquibase = new Liquibase("liquibase/changelog.xml", changes, database)) {
            liquibase.forceReleaseLocks();
            liquibase.update(new Contexts());
          }
        });
  }
}
