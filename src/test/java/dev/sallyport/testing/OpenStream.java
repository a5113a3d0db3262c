package dev.sallyport.testing;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A running event stream, read in the background until it ends.
public final class OpenStream {
  private final CompletableFuture<Void> end = new CompletableFuture<>();

  private OpenStream(InputStream body) {
    Thread.ofVirtual().start(() -> read(body));
  }

  /// Of an answer that must be good and still run.
  public static OpenStream of(HttpResponse<InputStream> answer) {
    if (answer.statusCode() != 200) {
      throw new AssertionError("the stream was refused: " + answer.statusCode());
    }
    return new OpenStream(answer.body());
  }

  private void read(InputStream body) {
    try (body) {
      while (body.read() != -1) {
        // only the end matters
      }
    } catch (IOException e) {
      // A cut stream ends with a closed connection: that is the end waited for.
    }
    end.complete(null);
  }

  public boolean isOpen() {
    return !end.isDone();
  }

  /// Throws when it still runs long after the time within which it is to be cut.
  public void awaitCutWithin(Duration promise) {
    long start = System.nanoTime();
    awaitCut(Measured.PATIENCE);
    Measured.promised("cut", promise, start);
  }

  /// Throws when it still runs after that time.
  public void awaitCut(Duration patience) {
    try {
      end.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new AssertionError("the stream still runs after " + patience, e);
    } catch (ExecutionException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
