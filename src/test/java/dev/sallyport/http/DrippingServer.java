package dev.sallyport.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// Answers one connection with a start and then the same drop again and again.
final class DrippingServer implements AutoCloseable {
  private final ServerSocket listener;
  private final ScheduledExecutorService drips = Executors.newSingleThreadScheduledExecutor();
  private final CountDownLatch closedByClient = new CountDownLatch(1);

  DrippingServer(String start, String drop, Duration pause) throws IOException {
    listener = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
    Thread.ofVirtual().start(() -> serve(start, drop, pause));
  }

  URI url(String scheme) {
    return URI.create(scheme + "://127.0.0.1:" + listener.getLocalPort() + "/?key=hidden");
  }

  boolean awaitClosedByClient(Duration atMost) throws InterruptedException {
    return closedByClient.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void serve(String start, String drop, Duration pause) {
    try (Socket socket = listener.accept()) {
      socket.getOutputStream().write(start.getBytes(ISO_8859_1));
      drips.scheduleAtFixedRate(
          () -> drip(socket, drop), pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
      // What the client sends is read until it closes or resets.
      socket.getInputStream().transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      // a reset is a close, too
    } finally {
      closedByClient.countDown();
    }
  }

  private static void drip(Socket socket, String drop) {
    try {
      socket.getOutputStream().write(drop.getBytes(ISO_8859_1));
    } catch (IOException e) {
      throw new IllegalStateException("ends the schedule", e);
    }
  }

  @Override
  public void close() throws IOException {
    drips.shutdownNow();
    listener.close();
  }
}
