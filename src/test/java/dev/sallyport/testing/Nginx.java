package dev.sallyport.testing;

import dev.sallyport.launcher.RunningStack;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

/// Debian's nginx on a port of its own. It calls from the address that the server trusts as a
/// proxy.
public final class Nginx extends ListeningProcess {
  private static final List<String> PLACES = List.of("/usr/sbin/nginx", "/usr/bin/nginx");

  private Nginx(Process process, int port) {
    super("nginx", process, port);
  }

  /// Starts it with what belongs into its http block, made for a port.
  public static Nginx start(Path folder, IntFunction<String> http) {
    try {
      int port = freePort();
      Path file = write(folder, http.apply(port));
      return new Nginx(run(folder, "-c", file.toString()), port);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// What `nginx -t` says of such a block; nothing when it is fine.
  public static String faults(Path folder, String http) {
    try {
      Process test = run(folder, "-t", "-q", "-c", write(folder, http).toString());
      if (!test.waitFor(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        test.destroyForcibly();
      }
      return Files.readString(folder.resolve("nginx.log"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static Process run(Path folder, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(
        PLACES.stream()
            .filter(p -> Files.isExecutable(Path.of(p)))
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("install the package nginx")));
    command.addAll(List.of("-p", folder.toString(), "-e", folder.resolve("error.log").toString()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("nginx.log").toFile())
        .start();
  }

  private static Path write(Path folder, String http) throws IOException {
    String temporary =
        List.of("client_body", "proxy", "fastcgi", "uwsgi", "scgi").stream()
            .map(kind -> kind + "_temp_path " + folder.resolve(kind) + ";\n")
            .reduce("", String::concat);
    return Files.writeString(
        folder.resolve("nginx.conf"),
        """
        daemon off;
        master_process off;
        pid %s/nginx.pid;
        events {}
        http {
        access_log off;
        proxy_bind %s;
        %s%s}
        """
            .formatted(folder, RunningStack.PROXY, temporary, http));
  }
}
