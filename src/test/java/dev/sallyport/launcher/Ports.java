package dev.sallyport.launcher;

import dev.sallyport.testing.demo.DemoWorld;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/// Where everything listens on 127.0.0.1. They are kept: the demo's ports stand in the database as
/// issuer and upstreams, so another port would be another issuer.
///
/// @param http where clients come in: the one node, or HAProxy before several
/// @param https where the one node also takes TLS
record Ports(int http, int https, List<Node> nodes, int database, DemoWorld.Ports demo) {

  /// Where one node listens.
  record Node(int http, int management) {}

  private static final String FILE = "ports.properties";
  // Below what systems give to outgoing connections.
  private static final int LOWEST = 20_000;
  private static final int HIGHEST = 32_000;

  /// Chooses and checks all of them before anything starts.
  static Ports choose(DataFolder data, LaunchOptions options) {
    Properties kept = read(data.path(FILE));
    Set<Integer> taken = new HashSet<>();
    int wanted = options.port() == 0 ? number(kept, "http") : options.port();
    int http = wanted == 0 ? search(taken) : wanted;
    require(http, "Give another --port, or stop what listens there.");
    taken.add(http);
    Ports ports =
        new Ports(
            http,
            movable(kept, "https", taken),
            nodes(kept, taken, options.nodes(), http),
            movable(kept, "database", taken),
            demo(kept, taken, options.demo()));
    data.write(FILE, ports.text());
    return ports;
  }

  private static List<Node> nodes(Properties kept, Set<Integer> taken, int count, int http) {
    List<Node> nodes = new ArrayList<>();
    for (int number = 1; number <= count; number++) {
      int own = count == 1 ? http : movable(kept, "node-http-" + number, taken);
      nodes.add(new Node(own, movable(kept, "management-" + number, taken)));
    }
    return List.copyOf(nodes);
  }

  private static DemoWorld.Ports demo(Properties kept, Set<Integer> taken, boolean isWanted) {
    return new DemoWorld.Ports(
        fixed(kept, "demo-issuer", taken, isWanted),
        fixed(kept, "demo-mcp", taken, isWanted),
        fixed(kept, "demo-dumper", taken, isWanted));
  }

  private static int movable(Properties kept, String name, Set<Integer> taken) {
    int port = number(kept, name);
    boolean isUsable = port != 0 && !taken.contains(port) && isFree(port);
    int chosen = isUsable ? port : search(taken);
    taken.add(chosen);
    return chosen;
  }

  private static int fixed(Properties kept, String name, Set<Integer> taken, boolean isWanted) {
    int port = number(kept, name);
    if (port == 0) {
      port = search(taken);
    } else if (isWanted) {
      require(port, "The demo of this data folder needs it; stop what listens there.");
    }
    taken.add(port);
    return port;
  }

  private static void require(int port, String remedy) {
    if (!isFree(port)) {
      throw new LaunchFailedException("Port " + port + " is in use. " + remedy);
    }
  }

  // At random, so that two launchers that start at the same time don't choose the same ones.
  private static int search(Set<Integer> taken) {
    int port;
    do {
      port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
    } while (taken.contains(port) || !isFree(port));
    return port;
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      // As the server does it: a connection that lingers in TIME_WAIT does not count.
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static int number(Properties kept, String name) {
    return Integer.parseInt(kept.getProperty(name, "0"));
  }

  private static Properties read(Path file) {
    Properties kept = new Properties();
    if (Files.exists(file)) {
      try (var reader = Files.newBufferedReader(file)) {
        kept.load(reader);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return kept;
  }

  private String text() {
    return """
        http=%d
        https=%d
        %sdatabase=%d
        demo-issuer=%d
        demo-mcp=%d
        demo-dumper=%d
        """
        .formatted(http, https, nodesText(), database, demo.issuer(), demo.mcp(), demo.dumper());
  }

  private String nodesText() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < nodes.size(); i++) {
      Node node = nodes.get(i);
      text.append(
          "node-http-%1$d=%2$d%nmanagement-%1$d=%3$d%n"
              .formatted(i + 1, node.http(), node.management()));
    }
    return text.toString();
  }
}
