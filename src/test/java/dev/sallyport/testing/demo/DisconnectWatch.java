package dev.sallyport.testing.demo;

import io.undertow.connector.PooledByteBuffer;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.protocol.http.HttpServerConnection;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.xnio.IoUtils;
import org.xnio.conduits.ReadReadyHandler;
import org.xnio.conduits.StreamSourceConduit;

/// Notices when the client of a running response goes. Undertow does not read while it answers, so
/// without this a silent stream outlives its client.
final class DisconnectWatch {
  private final HttpServerConnection connection;
  private final CountDownLatch gone = new CountDownLatch(1);

  private DisconnectWatch(HttpServerConnection connection) {
    this.connection = connection;
  }

  /// Starts watching; the request must have been read to its end.
  static DisconnectWatch on(HttpServerExchange exchange) {
    DisconnectWatch watch = new DisconnectWatch((HttpServerConnection) exchange.getConnection());
    watch.connection.addCloseListener(closed -> watch.gone.countDown());
    watch.connection.getIoThread().execute(watch::arm);
    return watch;
  }

  /// Waits for the client to go; false when it is still there after that time.
  boolean awaitGone(long millis) throws InterruptedException {
    return gone.await(millis, TimeUnit.MILLISECONDS);
  }

  void awaitGone() throws InterruptedException {
    gone.await();
  }

  /// Gives the connection back as it was, for its next request.
  void disarm() {
    CompletableFuture.runAsync(this::restore, connection.getIoThread()).join();
  }

  private void arm() {
    source().setReadReadyHandler(new OnRead());
    source().resumeReads();
  }

  private void restore() {
    source().suspendReads();
    source()
        .setReadReadyHandler(
            new ReadReadyHandler.ChannelListenerHandler<>(
                connection.getChannel().getSourceChannel()));
  }

  private StreamSourceConduit source() {
    return connection.getOriginalSourceConduit();
  }

  private void read() {
    PooledByteBuffer bytes = connection.getByteBufferPool().allocate();
    int count = readInto(bytes);
    if (count > 0) {
      // The next request, sent early: it waits its turn.
      bytes.getBuffer().flip();
      connection.ungetRequestBytes(bytes);
      source().suspendReads();
      return;
    }
    bytes.close();
    if (count < 0) {
      IoUtils.safeClose(connection.getChannel());
    }
  }

  private int readInto(PooledByteBuffer bytes) {
    try {
      return source().read(bytes.getBuffer());
    } catch (IOException e) {
      return -1;
    }
  }

  private final class OnRead implements ReadReadyHandler {
    @Override
    public void readReady() {
      read();
    }

    @Override
    public void forceTermination() {
      gone.countDown();
    }

    @Override
    public void terminated() {
      gone.countDown();
    }
  }
}
