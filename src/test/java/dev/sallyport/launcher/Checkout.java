package dev.sallyport.launcher;

import java.io.File;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What was built, as `./run` and `./check` leave it in the checkout.
///
/// @param server the provisioned server
public record Checkout(Path root, Path server) {
  /// The one that this program runs in. `sallyport.server` names the server's folder; without it,
  /// the one that was provisioned last.
  public static Checkout current() {
    Path root = Path.of("").toAbsolutePath();
    String server = System.getProperty("sallyport.server");
    return new Checkout(root, server == null ? newestServer(root) : Path.of(server));
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
