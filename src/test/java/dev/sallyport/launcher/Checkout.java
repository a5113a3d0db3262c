package dev.sallyport.launcher;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What was built, as `./run` and `./check` leave it in the checkout, or a release holds it.
///
/// @param server the provisioned server
public record Checkout(Path root, Path server, Path war) {
  /// The one that this program runs in. `sallyport.server` names the server's folder; without it,
  /// the one that was provisioned last. A server that holds the application already is a release.
  public static Checkout current() {
    Path root = Path.of("").toAbsolutePath();
    String property = System.getProperty("sallyport.server");
    Path server = property == null ? newestServer(root) : Path.of(property);
    Path released = server.resolve("standalone/deployments/ROOT.war");
    boolean isRelease = Files.exists(released);
    return new Checkout(root, server, isRelease ? released : root.resolve("target/ROOT.war"));
  }

  private static Path newestServer(Path root) {
    File @Nullable [] servers = root.resolve(".data/server").toFile().listFiles();
    return Stream.ofNullable(servers)
        .flatMap(Stream::of)
        .max(Comparator.comparingLong(File::lastModified))
        .map(File::toPath)
        .orElseThrow(
            () ->
                new LaunchFailedException(
                    "There is no provisioned server: start ./run or ./check once."));
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
