package dev.sallyport.launcher;

import dev.sallyport.config.SettingKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// How the server's JVM is started: what `bin/sallyport start` does, without a shell in between, so
/// that the process that is stopped is the server.
final class ServerCommand {
  private ServerCommand() {}

  static List<String> command(
      ServerHome server, Ports.Node ports, Map<String, String> environment) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvmOptions(server.home()));
    command.addAll(properties(server, ports));
    String head = environment.getOrDefault(SettingKey.GATEWAY_HEAD_SECONDS.key(), "");
    command.add("-Dsallyport.head-seconds=" + (head.isEmpty() ? "10" : head));
    command.addAll(
        List.of(
            "-jar",
            server.home().resolve("jboss-modules.jar").toString(),
            "-mp",
            server.home().resolve("modules").toString(),
            "org.jboss.as.standalone"));
    return command;
  }

  private static List<String> jvmOptions(Path home) {
    try {
      return Files.readAllLines(home.resolve("bin/java-options"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> properties(ServerHome server, Ports.Node ports) {
    Path base = server.base();
    Map<String, Object> properties = new LinkedHashMap<>();
    properties.put("sallyport.io-threads", Runtime.getRuntime().availableProcessors());
    properties.put("java.awt.headless", true);
    properties.put("java.net.preferIPv4Stack", true);
    properties.put("jboss.modules.system.pkgs", "org.jboss.byteman");
    properties.put("org.jboss.boot.log.file", server.log());
    properties.put(
        "logging.configuration", "file:" + base.resolve("configuration/logging.properties"));
    properties.put("jboss.home.dir", server.home());
    properties.put("jboss.server.base.dir", base);
    properties.put("jboss.bind.address", "127.0.0.1");
    properties.put("jboss.bind.address.management", "127.0.0.1");
    properties.put("jboss.http.port", ports.http());
    properties.put("jboss.management.http.port", ports.management());
    properties.put("jboss.tx.node.id", "sallyport-" + ports.http());
    return properties.entrySet().stream().map(p -> "-D" + p.getKey() + "=" + p.getValue()).toList();
  }

  /// The launcher's environment with our settings; what is no setting would stop the server's
  /// start, so it stays behind and is named.
  static Map<String, String> environment(Map<String, String> given, Map<String, String> settings) {
    Set<String> known =
        Stream.of(SettingKey.values())
            .flatMap(key -> Stream.of(key.key(), key.key() + "_FILE"))
            .collect(Collectors.toSet());
    Map<String, String> environment = new LinkedHashMap<>();
    given.forEach(
        (name, value) -> {
          if (!name.startsWith("SALLYPORT_") || known.contains(name)) {
            environment.put(name, value);
          } else if (!OWN.contains(name)) {
            Progress.say("Ignored: " + name + " is no setting.");
          }
        });
    for (String name : settings.keySet()) {
      String plain = name.replaceFirst("_FILE$", "");
      environment.remove(plain);
      environment.remove(plain + "_FILE");
    }
    environment.remove("CLASSPATH");
    settings.forEach((name, value) -> environment.put(name, value(name, value, given)));
    return environment;
  }

  /// Whoever tries an identity provider of their own beside the demo allows its host as well.
  private static String value(String name, String ours, Map<String, String> given) {
    String theirs = given.getOrDefault(name, "");
    boolean isAdded = name.equals(SettingKey.OUTBOUND_ALLOW.key()) && !theirs.isBlank();
    return isAdded ? ours + "," + theirs : ours;
  }

  private static final Set<String> OWN = Set.of("SALLYPORT_JAVA_HOME", "SALLYPORT_RUN_JSON");
}
