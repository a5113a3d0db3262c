package dev.sallyport.launcher;

import dev.sallyport.crypto.Secret;
import dev.sallyport.testing.demo.DemoWorld;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Everything that one launcher runs. It may be closed at any time, also while it starts.
public final class RunningStack implements AutoCloseable {
  /// The address of this host from which a test's proxy calls one node.
  public static final String PROXY = "127.7.7.7";
  /// One that stands in front and passes calls on.
  public static final String FRONT = "127.7.7.8";

  private final LaunchOptions options;
  private final Checkout checkout;
  private final Map<String, String> wanted;
  private final Deque<AutoCloseable> started = new ArrayDeque<>();
  private volatile boolean isClosing;
  private volatile @Nullable Nodes running;

  /// Where to find what came up.
  public record Started(
      String base,
      List<Node> nodes,
      Secret adminKey,
      Path runFile,
      Path log,
      Optional<DemoWorld> demo) {}

  public RunningStack(LaunchOptions options, Checkout checkout) {
    this(options, checkout, Map.of());
  }

  /// With these settings beside the usual ones.
  public RunningStack(LaunchOptions options, Checkout checkout, Map<String, String> wanted) {
    this.options = options;
    this.checkout = checkout;
    this.wanted = wanted;
  }

  /// Starts all and returns when the server answers.
  public Started start() throws InterruptedException {
    DataFolder data = step(() -> DataFolder.open(options.data()));
    RunFile runFile = step(() -> new RunFile(data));
    for (int node = 1; node <= LaunchOptions.MOST_NODES; node++) {
      Leftovers.stopServer(
          data.path(RunFile.pidName(node)), Nodes.home(checkout, data, node).base());
    }
    Leftovers.stopDatabase(data.path("pg"));
    Ports ports = Ports.choose(data, options);
    KeptSecrets secrets = new KeptSecrets(data);
    Optional<DemoWorld> world = startDemo(secrets, ports);
    DemoClients clients = new DemoClients(base(ports), secrets.consoleClientSecret());
    world.ifPresent(demo -> clients.register(demo.issuer()));
    Map<String, String> settings = settings(startDatabase(data, ports), secrets, ports);
    if (options.nodes() == 1) {
      settings.putAll(new OwnCertificate(data).settings(ports.https()));
    }
    Nodes servers = new Nodes(new Nodes.Common(checkout, data, ports, settings), runFile);
    running = step(() -> servers);
    List<Node> nodes = servers.start();
    Secret key = adminKey(secrets, base(ports));
    world.ifPresent(demo -> fill(demo, clients, key));
    runFile.write(base(ports), nodes, key, world);
    Path log = Nodes.home(checkout, data, 1).log();
    return new Started(base(ports), nodes, key, runFile.path(), log, world);
  }

  /// Starts a node that was killed, on its old ports; nodes are counted from 1.
  public Node restart(int node) throws InterruptedException {
    return Objects.requireNonNull(running).restart(node);
  }

  /// Blocks until the last server has ended by itself.
  void awaitEnd() throws InterruptedException {
    Nodes servers = running;
    if (servers != null) {
      servers.awaitEnd();
    }
  }

  boolean isRunning() {
    Nodes servers = running;
    return servers != null && servers.isRunning();
  }

  boolean isClosing() {
    return isClosing;
  }

  /// Stops what runs, the last first; what is being started at this moment is waited for.
  @Override
  public void close() {
    isClosing = true;
    synchronized (this) {
      while (!started.isEmpty()) {
        stop(started.pop());
      }
    }
  }

  private static void stop(AutoCloseable part) {
    try {
      part.close();
    } catch (Exception e) {
      Progress.say("Could not stop " + part.getClass().getSimpleName() + ": " + e.getMessage());
    }
  }

  private synchronized <T extends AutoCloseable> T step(Supplier<T> start) {
    if (isClosing) {
      throw new IllegalStateException("is being stopped");
    }
    T part = start.get();
    started.push(part);
    return part;
  }

  private Database startDatabase(DataFolder data, Ports ports) {
    Progress.say("Starting PostgreSQL on port " + ports.database() + " ...");
    Database database = step(() -> Database.start(data, ports.database(), checkout.programs()));
    SchemaVersion.requireKnown(database, checkout.liquibase());
    return database;
  }

  private Optional<DemoWorld> startDemo(KeptSecrets secrets, Ports ports) {
    if (!options.demo()) {
      return Optional.empty();
    }
    try {
      return Optional.of(step(() -> DemoWorld.start(ports.demo(), secrets.demoPasswords())));
    } catch (IllegalStateException e) {
      throw new LaunchFailedException("The demo did not start: " + e.getMessage(), e);
    }
  }

  private static void fill(DemoWorld world, DemoClients clients, Secret key) {
    try (AdminApi api = new AdminApi(clients.base(), key)) {
      RestObjects objects = new RestObjects(api);
      new DemoObjects(objects, clients.base(), world).ensure();
      new DemoSignIn(objects, clients, world.issuer()).ensure();
    }
  }

  private Map<String, String> settings(Database database, KeptSecrets secrets, Ports ports) {
    Map<String, String> settings = new LinkedHashMap<>(wanted);
    settings.put("SALLYPORT_PUBLIC_URL", base(ports));
    settings.put("SALLYPORT_MASTER_KEY_FILE", secrets.masterKeyFile().toString());
    settings.put("SALLYPORT_BOOTSTRAP_TOKEN_FILE", secrets.bootstrapTokenFile().toString());
    settings.put("SALLYPORT_DB_URL", database.jdbcUrl());
    settings.put("SALLYPORT_DB_USER", Database.RUN_USER);
    // Not as a file: the server's data source reads it from the variable.
    settings.put("SALLYPORT_DB_PASSWORD", KeptSecrets.read(secrets.runPasswordFile()).reveal());
    settings.put("SALLYPORT_DB_MIGRATE_USER", Database.MIGRATE_USER);
    settings.put("SALLYPORT_DB_MIGRATE_PASSWORD_FILE", secrets.migratePasswordFile().toString());
    boolean isAlone = options.nodes() == 1;
    settings.put("SALLYPORT_TRUSTED_PROXIES", isAlone ? PROXY + "," + FRONT : "127.0.0.1");
    settings.put("SALLYPORT_FORWARD_AUTH_PROXIES", isAlone ? PROXY : "");
    // HAProxy, which is there for several nodes only, asks each second, and twice.
    settings.putIfAbsent("SALLYPORT_GATEWAY_NOTICE", isAlone ? "PT0S" : "PT3S");
    if (options.demo()) {
      settings.put("SALLYPORT_DEMO", "true");
      settings.put("SALLYPORT_OUTBOUND_ALLOW", "127.0.0.1");
    }
    return settings;
  }

  private static String base(Ports ports) {
    return Nodes.local(ports.http());
  }

  private static Secret adminKey(KeptSecrets secrets, String base) {
    Optional<Secret> kept = secrets.adminKey();
    if (kept.isPresent()) {
      return kept.get();
    }
    Secret key =
        AdminApi.bootstrap(base, KeptSecrets.read(secrets.bootstrapTokenFile()))
            .orElseThrow(
                () ->
                    new LaunchFailedException(
                        "The admin key of this data folder is lost and was given out once:"
                            + " give another --data."));
    secrets.keepAdminKey(key);
    return key;
  }
}
