package dev.sallyport.testing.demo;

import dev.sallyport.crypto.Secret;
import dev.sallyport.testing.idp.DemoIssuer;
import dev.sallyport.testing.idp.DemoUser;
import java.util.List;
import java.util.Map;

/// The demo identity provider with its people, the MCP server and the dumper, started together.
public final class DemoWorld implements AutoCloseable {
  private static final Map<String, List<String>> GROUPS =
      Map.of(
          "alice", List.of("eng", "admins"),
          "bob", List.of("eng"),
          "carol", List.of("sales"));

  /// Who can sign in.
  public static final List<String> PEOPLE = GROUPS.keySet().stream().sorted().toList();

  /// Where the three listen; 0 takes a free port.
  public record Ports(int issuer, int mcp, int dumper) {
    public static final Ports FREE = new Ports(0, 0, 0);
  }

  private final DemoIssuer issuer;
  private final DemoMcpServer mcp;
  private final DumperApp dumper;

  private DemoWorld(DemoIssuer issuer, DemoMcpServer mcp, DumperApp dumper) {
    this.issuer = issuer;
    this.mcp = mcp;
    this.dumper = dumper;
  }

  /// Starts all three, or none. `passwords` holds one for each of [#PEOPLE].
  public static DemoWorld start(Ports ports, Map<String, Secret> passwords) {
    List<DemoUser> people = PEOPLE.stream().map(name -> person(name, passwords)).toList();
    DemoIssuer issuer = DemoIssuer.start(ports.issuer(), people);
    try {
      return withApps(issuer, ports);
    } catch (RuntimeException e) {
      issuer.close();
      throw e;
    }
  }

  private static DemoWorld withApps(DemoIssuer issuer, Ports ports) {
    DemoMcpServer mcp = DemoMcpServer.start(ports.mcp());
    try {
      return new DemoWorld(issuer, mcp, DumperApp.start(ports.dumper()));
    } catch (RuntimeException e) {
      mcp.close();
      throw e;
    }
  }

  public DemoIssuer issuer() {
    return issuer;
  }

  public DemoMcpServer mcp() {
    return mcp;
  }

  public DumperApp dumper() {
    return dumper;
  }

  /// The ports in use, to start at the same addresses again.
  public Ports ports() {
    return new Ports(issuer.port(), mcp.port(), dumper.port());
  }

  @Override
  public void close() {
    dumper.close();
    mcp.close();
    issuer.close();
  }

  private static DemoUser person(String name, Map<String, Secret> passwords) {
    Secret password = passwords.get(name);
    if (password == null) {
      throw new IllegalArgumentException("No password for " + name);
    }
    return new DemoUser(name, password, name + "@demo.test", GROUPS.getOrDefault(name, List.of()));
  }
}
