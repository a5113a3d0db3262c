package dev.sallyport.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/// An upstream that answers each request head with the very text that its script gives; an empty
/// one closes the connection instead. It does not read bodies: send it requests without.
public final class ScriptedUpstream implements AutoCloseable {
  private final Conversations callers;
  private final Function<List<String>, String> script;
  private final List<List<String>> requests = new CopyOnWriteArrayList<>();

  private ScriptedUpstream(int port, Function<List<String>, String> script) {
    this.script = script;
    this.callers = Conversations.at(port, this::serve);
  }

  public static ScriptedUpstream start(Function<List<String>, String> script) {
    return startAt(0, script);
  }

  /// On a port where one was before.
  public static ScriptedUpstream startAt(int port, Function<List<String>, String> script) {
    return new ScriptedUpstream(port, script);
  }

  public int port() {
    return callers.port();
  }

  public String url() {
    return "http://127.0.0.1:" + port();
  }

  /// The heads of all requests so far, line by line.
  public List<List<String>> requests() {
    return List.copyOf(requests);
  }

  private void serve(BufferedReader in, OutputStream out) throws IOException {
    List<String> head = head(in);
    while (!head.isEmpty()) {
      requests.add(head);
      String answer = script.apply(head);
      if (answer.isEmpty()) {
        return;
      }
      out.write(answer.getBytes(StandardCharsets.ISO_8859_1));
      out.flush();
      head = head(in);
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
    callers.close();
  }
}
