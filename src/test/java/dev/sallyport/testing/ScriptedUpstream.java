package dev.sallyport.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/// An upstream that answers each request head with the very text that its script gives; an empty
/// one closes the connection instead. It does not read bodies: send it requests without.
public final class ScriptedUpstream implements AutoCloseable {
  private final ServerSocket server;
  private final Function<List<String>, String> script;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final List<List<String>> requests = new CopyOnWriteArrayList<>();

  private ScriptedUpstream(int port, Function<List<String>, String> script) throws IOException {
    this.server = new ServerSocket(port, 50, InetAddress.ofLiteral("127.0.0.1"));
    this.script = script;
    Thread.ofVirtual().start(this::accept);
  }

  public static ScriptedUpstream start(Function<List<String>, String> script) {
    return startAt(0, script);
  }

  /// On a port where one was before.
  public static ScriptedUpstream startAt(int port, Function<List<String>, String> script) {
    try {
      return new ScriptedUpstream(port, script);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public int port() {
    return server.getLocalPort();
  }

  public String url() {
    return "http://127.0.0.1:" + server.getLocalPort();
  }

  /// The heads of all requests so far, line by line.
  public List<List<String>> requests() {
    return List.copyOf(requests);
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        open.add(socket);
        Thread.ofVirtual().start(() -> serve(socket));
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private void serve(Socket socket) {
    try (socket;
        var in =
            new BufferedReader(
                new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1))) {
      List<String> head = head(in);
      while (!head.isEmpty()) {
        requests.add(head);
        String answer = script.apply(head);
        if (answer.isEmpty()) {
          return;
        }
        socket.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
        head = head(in);
      }
    } catch (IOException e) {
      // The other side went: there is nobody left to answer.
    }
  }

  private static List<String> head(BufferedReader in) throws IOException {
    List<String> lines = new ArrayList<>();
    for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
      lines.add(line);
    }
    return lines;
  }

  @Override
  public void close() {
    try {
      server.close();
      for (Socket socket : open) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
