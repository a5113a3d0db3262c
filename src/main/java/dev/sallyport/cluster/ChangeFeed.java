package dev.sallyport.cluster;

import dev.sallyport.authz.CallContext;
import dev.sallyport.config.Settings;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Priority;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jboss.logging.Logger;
import org.postgresql.PGConnection;
import org.postgresql.ds.PGSimpleDataSource;

/// Listens on a connection of its own. NOTIFY only wakes it; what happened is read from the table,
/// at the latest every third of the lease.
@ApplicationScoped
public class ChangeFeed {
  private static final Logger LOG = Logger.getLogger(ChangeFeed.class);
  private static final int WAIT_MILLIS = (int) Lease.LENGTH.toMillis() / 3;

  @Resource(lookup = "java:jboss/datasources/SallyportDS")
  DataSource dataSource;

  @Inject Settings settings;
  @Inject Event<Change> changes;
  @Inject Event<FeedReset> resets;
  @Inject Event<ChangesApplied> applied;

  private final Lease lease = new Lease(System::nanoTime);
  private final ChangeReader reader = new ChangeReader();
  private final Thread thread = new Thread(this::follow, "sallyport-changes");
  private volatile boolean stopping;

  void start(@Observes @Priority(DatabaseReady.FEED) DatabaseReady ready) throws SQLException {
    try (Connection connection = connect()) {
      reader.startAtNow(connection);
    }
    lease.renewFrom(System.nanoTime());
    thread.setDaemon(true);
    thread.setContextClassLoader(ChangeFeed.class.getClassLoader());
    thread.start();
  }

  @PreDestroy
  void stop() {
    stopping = true;
    thread.interrupt();
    try {
      thread.join(TimeUnit.SECONDS.toMillis(5));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// The lease by which the gateway trusts its caches.
  public Lease lease() {
    return lease;
  }

  private void follow() {
    while (!stopping) {
      try (Connection connection = connect()) {
        listen(connection);
      } catch (SQLException e) {
        LOG.warnf("the change feed lost the database: %s", e.getMessage());
        pause();
      } catch (RuntimeException e) {
        LOG.error("a change could not be applied", e);
        pause();
      }
    }
  }

  private void listen(Connection connection) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute("listen sallyport_change");
    }
    PGConnection notifications = connection.unwrap(PGConnection.class);
    while (!stopping) {
      readOnce(connection);
      notifications.getNotifications(WAIT_MILLIS);
    }
  }

  /// Applies what is committed by now, so that whoever made a change finds it applied on this node.
  public void catchUp() {
    try (Connection connection = dataSource.getConnection()) {
      readOnce(connection);
    } catch (SQLException e) {
      LOG.warnf("the change feed could not catch up: %s", e.getMessage());
    }
  }

  /// Trusts nothing until it has been read anew, which begins at once: the machine was suspended,
  /// and the lease's clock with it.
  public void wokeUp() {
    lease().drop();
    Thread.startVirtualThread(this::catchUp);
  }

  // Synchronized: the reader is shared by the follower and those who catch up.
  private synchronized void readOnce(Connection connection) throws SQLException {
    long start = System.nanoTime();
    reader.read(
        connection,
        change -> CallContext.system().run(() -> changes.fire(change)),
        () -> CallContext.system().run(() -> resets.fire(new FeedReset())));
    CallContext.system().run(() -> applied.fire(new ChangesApplied()));
    lease.renewFrom(start);
  }

  private Connection connect() throws SQLException {
    var source = new PGSimpleDataSource();
    source.setUrl(settings.database().listenUrl());
    source.setUser(settings.database().run().user());
    source.setPassword(settings.database().run().password().reveal());
    source.setApplicationName("sallyport-changes");
    source.setConnectTimeout(3);
    source.setSocketTimeout((int) Lease.LENGTH.toSeconds() - 2);
    source.setTcpKeepAlive(true);
    return source.getConnection();
  }

  private static void pause() {
    try {
      Thread.sleep(500);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
