package dev.sallyport.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// The events of a stream as they come, each as `name data`; a comment as `: text`.
public final class EventReader implements AutoCloseable {
  private final List<String> seen = new CopyOnWriteArrayList<>();
  private final InputStream body;
  private volatile boolean ended;

  private EventReader(InputStream body) {
    this.body = body;
    Thread.ofVirtual().start(this::read);
  }

  public static EventReader of(HttpResponse<InputStream> answer) {
    return new EventReader(answer.body());
  }

  private void read() {
    try (var lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
      String name = "";
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith(":")) {
          seen.add(": " + line.substring(1).strip());
        } else if (line.startsWith("event:")) {
          name = line.substring(6).strip();
        } else if (line.startsWith("data:")) {
          seen.add(name + " " + line.substring(5).strip());
        }
      }
    } catch (IOException e) {
      // A closed connection is an end, too.
    }
    ended = true;
  }

  public List<String> seen() {
    return List.copyOf(seen);
  }

  /// Only what comes from now on is awaited next.
  public void forget() {
    seen.clear();
  }

  public void await(String event) {
    Await.until(event, () -> seen.contains(event));
  }

  public boolean isOpen() {
    return !ended;
  }

  public void awaitEnd() {
    Await.until("the end of the stream", () -> ended);
  }

  @Override
  public void close() {
    try {
      body.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
