package dev.sallyport.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// The provisioned server, which stays as it is, and the base folder made from it for each start.
final class ServerHome {
  private static final String LOG = "log";

  private final Path home;
  private final Path base;

  ServerHome(Path home, Path base) {
    this.home = home;
    this.base = base;
  }

  Path home() {
    return home;
  }

  Path base() {
    return base;
  }

  Path log() {
    return base.resolve(LOG).resolve("server.log");
  }

  /// A fresh base folder with this WAR; the last run's log stays beside the new one.
  void prepare(Path war) {
    try {
      emptyBase();
      copyBase();
      Files.createDirectories(base.resolve(LOG));
      if (Files.exists(log())) {
        Files.move(
            log(), log().resolveSibling("previous.log"), StandardCopyOption.REPLACE_EXISTING);
      }
      Files.copy(war, base.resolve("deployments/ROOT.war"), StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Whether the server gave the WAR up.
  boolean hasFailed() {
    return Files.exists(base.resolve("deployments/ROOT.war.failed"));
  }

  // The rest of the original is what provisioning left behind: logs and temporary files.
  private void copyBase() throws IOException {
    for (String part : List.of("configuration", "deployments", "lib")) {
      Path original = home.resolve("standalone").resolve(part);
      if (Files.exists(original)) {
        copy(original, base.resolve(part));
      }
    }
  }

  private static void copy(Path original, Path copy) throws IOException {
    try (Stream<Path> files = Files.walk(original)) {
      for (Path file : files.toList()) {
        Path target = copy.resolve(original.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target, StandardCopyOption.COPY_ATTRIBUTES);
        }
      }
    }
  }

  private void emptyBase() throws IOException {
    if (!Files.exists(base)) {
      return;
    }
    List<Path> old;
    try (Stream<Path> files = Files.walk(base)) {
      old = files.filter(this::isDisposable).sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : old) {
      Files.delete(file);
    }
  }

  private boolean isDisposable(Path file) {
    return !file.equals(base) && !file.startsWith(base.resolve(LOG));
  }
}
