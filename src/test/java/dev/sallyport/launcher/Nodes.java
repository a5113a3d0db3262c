package dev.sallyport.launcher;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The servers of one run on one database, and HAProxy before them when there are several. Nodes
/// are counted from 1.
final class Nodes implements AutoCloseable {
  /// What all of them share.
  record Common(Checkout checkout, DataFolder data, Ports ports, Map<String, String> settings) {}

  private final Common common;
  private final RunFile runFile;
  private final List<Server> servers = new ArrayList<>();
  private @Nullable Balancer balancer;
  private boolean isClosed;

  Nodes(Common common, RunFile runFile) {
    this.common = common;
    this.runFile = runFile;
  }

  static ServerHome home(Checkout checkout, DataFolder data, int node) {
    return new ServerHome(
        checkout.server(), data.path(node == 1 ? "standalone" : "standalone-" + node));
  }

  /// All at once, as a rollout does it; returns when each is ready.
  List<Node> start() throws InterruptedException {
    int count = common.ports().nodes().size();
    for (int node = 1; node <= count; node++) {
      launch(node);
    }
    List<Node> nodes = new ArrayList<>();
    for (int node = 1; node <= count; node++) {
      server(node).awaitReady();
      nodes.add(describe(node));
    }
    if (count > 1) {
      balance();
    }
    return nodes;
  }

  /// Starts a node that has ended, on its old ports.
  Node restart(int node) throws InterruptedException {
    launch(node);
    server(node).awaitReady();
    return describe(node);
  }

  private synchronized void launch(int node) {
    if (isClosed) {
      throw new IllegalStateException("is being stopped");
    }
    Ports.Node at = common.ports().nodes().get(node - 1);
    Progress.say("Starting the server on port " + at.http() + " ...");
    ServerHome home = home(common.checkout(), common.data(), node);
    home.prepare(common.checkout().war());
    Map<String, String> settings = new LinkedHashMap<>(common.settings());
    settings.put("SALLYPORT_NODE_NAME", "node" + node);
    Server server = Server.start(home, at, settings);
    if (servers.size() < node) {
      servers.add(server);
    } else {
      servers.set(node - 1, server);
    }
    runFile.writePid(node, server.pid());
  }

  private synchronized void balance() {
    if (!isClosed) {
      balancer = Balancer.start(common.data(), common.ports());
    }
  }

  private Node describe(int node) {
    Ports.Node at = common.ports().nodes().get(node - 1);
    return new Node(local(at.http()), local(at.management()), server(node).pid());
  }

  static String local(int port) {
    return "http://127.0.0.1:" + port;
  }

  private synchronized Server server(int node) {
    return servers.get(node - 1);
  }

  synchronized boolean isRunning() {
    return !servers.isEmpty();
  }

  /// Blocks until the last one has ended by itself.
  void awaitEnd() throws InterruptedException {
    List<Server> running;
    synchronized (this) {
      running = List.copyOf(servers);
    }
    for (Server server : running) {
      server.awaitEnd();
    }
  }

  @Override
  public synchronized void close() {
    isClosed = true;
    if (balancer != null) {
      balancer.close();
    }
    servers.forEach(Server::close);
  }
}
