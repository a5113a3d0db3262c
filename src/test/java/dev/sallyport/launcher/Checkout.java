package dev.sallyport.launcher;

import java.nio.file.Files;
import java.nio.file.Path;

/// What was built, as `./run` and `./check` leave it in the checkout.
///
/// @param server the provisioned server
public record Checkout(Path root, Path server) {
  /// The one that this program runs in; `sallyport.server` names the server's folder.
  public static Checkout current() {
    String server = System.getProperty("sallyport.server", System.getenv("SALLYPORT_SERVER_HOME"));
    if (server == null || !Files.isDirectory(Path.of(server))) {
      throw new LaunchFailedException("There is no provisioned server: start by ./run or ./check.");
    }
    return new Checkout(Path.of("").toAbsolutePath(), Path.of(server));
  }

  Path war() {
    return root.resolve("target/ROOT.war");
  }

  Path liquibase() {
    return root.resolve("liquibase");
  }

  Path standardData() {
    return root.resolve(".data");
  }

  /// Where PostgreSQL's programs are unpacked, once for all data folders.
  Path programs() {
    return root.resolve(".data/programs");
  }
}
