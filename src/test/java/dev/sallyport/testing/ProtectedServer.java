package dev.sallyport.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// An MCP server from npm that takes only tokens of one OpenID provider; its tool `whoami` tells
/// what a token says.
public final class ProtectedServer implements AutoCloseable {
  private static final String PREFIX = "Listening at ";

  private final Process process;
  private final Thread hook;
  private final String url;

  private ProtectedServer(Process process) {
    this.process = process;
    // Also when the tests are killed.
    hook = new Thread(process::destroyForcibly);
    Runtime.getRuntime().addShutdownHook(hook);
    url = listening(process);
  }

  /// Starts one; `npm ci` in `src/test/peers` must have run.
  public static ProtectedServer start(String issuer) {
    Path peers = Path.of("src/test/peers");
    if (!Files.isDirectory(peers.resolve("node_modules"))) {
      throw new IllegalStateException("The peers are not there: run npm ci in " + peers + ".");
    }
    ProcessBuilder builder = new ProcessBuilder("node", "start-protected.mjs", issuer);
    builder.directory(peers.toFile()).redirectError(ProcessBuilder.Redirect.INHERIT);
    try {
      return new ProtectedServer(builder.start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String listening(Process process) {
    var output = new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8);
    try {
      String line = new BufferedReader(output).readLine();
      if (line == null || !line.startsWith(PREFIX)) {
        throw new IllegalStateException("The protected server did not start: " + line);
      }
      return line.substring(PREFIX.length());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Of its MCP endpoint, and what its tokens are for.
  public String url() {
    return url;
  }

  @Override
  public void close() {
    process.destroyForcibly();
    Runtime.getRuntime().removeShutdownHook(hook);
  }
}
