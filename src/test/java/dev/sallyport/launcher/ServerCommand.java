package dev.sallyport.launcher;

import dev.sallyport.config.SettingKey;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// How the server's JVM is started: what `bin/standalone.sh` does, without a shell in between, so
/// that the process that is stopped is the server.
final class ServerCommand {
  private static final List<String> OPENED =
      List.of(
          "java.base/java.lang",
          "java.base/java.lang.invoke",
          "java.base/java.lang.reflect",
          "java.base/java.io",
          "java.base/java.net",
          "java.base/java.security",
          "java.base/java.util",
          "java.base/java.util.concurrent",
          "java.management/javax.management",
          "java.naming/javax.naming");
  private static final List<String> EXPORTED =
      List.of(
          "java.desktop/sun.awt",
          "java.naming/com.sun.jndi.ldap",
          "java.naming/com.sun.jndi.url.ldap",
          "java.naming/com.sun.jndi.url.ldaps",
          "jdk.naming.dns/com.sun.jndi.dns");

  private ServerCommand() {}

  static List<String> command(ServerHome server, Ports ports) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvmOptions());
    command.addAll(properties(server, ports));
    command.addAll(
        List.of(
            "-jar",
            server.home().resolve("jboss-modules.jar").toString(),
            "-mp",
            server.home().resolve("modules").toString(),
            "org.jboss.as.standalone"));
    return command;
  }

  private static List<String> jvmOptions() {
    List<String> options = new ArrayList<>(List.of("-Xms256m", "-Xmx768m"));
    OPENED.forEach(name -> options.add("--add-opens=" + name + "=ALL-UNNAMED"));
    EXPORTED.forEach(name -> options.add("--add-exports=" + name + "=ALL-UNNAMED"));
    options.add("--enable-native-access=ALL-UNNAMED");
    options.add("--sun-misc-unsafe-memory-access=allow");
    return options;
  }

  private static List<String> properties(ServerHome server, Ports ports) {
    Path base = server.base();
    Map<String, Object> properties = new LinkedHashMap<>();
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
    environment.putAll(settings);
    return environment;
  }

  private static final Set<String> OWN = Set.of("SALLYPORT_JAVA_HOME", "SALLYPORT_RUN_JSON");
}
