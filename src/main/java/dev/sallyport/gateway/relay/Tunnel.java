package dev.sallyport.gateway.relay;

import io.undertow.connector.ByteBufferPool;
import io.undertow.server.HttpServerExchange;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.xnio.IoUtils;
import org.xnio.StreamConnection;

/// Two connections that were switched to another protocol (RFC 9110 section 7.8), such as a
/// WebSocket: bytes pass both ways, and nobody looks into them. When one side ends, the other is
/// told; when either breaks, both are closed. Confined to the client's I/O thread.
final class Tunnel implements PumpEvents {
  private final UpstreamConnection upstream;
  private final ByteBufferPool buffers;
  private final Runnable over;
  private @Nullable StreamConnection client;
  private @Nullable Pump toUpstream;
  private @Nullable Pump toClient;
  private boolean halfClosed;
  private boolean closed;

  Tunnel(UpstreamConnection upstream, ByteBufferPool buffers, Runnable over) {
    this.upstream = upstream;
    this.buffers = buffers;
    this.over = over;
  }

  /// Ends the exchange with its head, and goes on below it.
  void open(HttpServerExchange exchange) {
    // Also where the client goes before its side is switched.
    exchange.getConnection().addCloseListener(gone -> exchange.getIoThread().execute(this::close));
    exchange.upgradeChannel((switched, over) -> begin(switched));
    exchange.endExchange();
  }

  private void begin(StreamConnection switched) {
    client = switched;
    if (closed) {
      IoUtils.safeClose(switched);
      return;
    }
    try {
      StreamConnection server = upstream.client().performUpgrade();
      Pump there = pump(switched, server);
      Pump back = pump(server, switched);
      toUpstream = there;
      toClient = back;
      there.start();
      back.start();
    } catch (IOException e) {
      close();
    }
  }

  private Pump pump(StreamConnection from, StreamConnection to) {
    return new Pump(from.getSourceChannel(), to.getSinkChannel(), buffers, this, Long.MAX_VALUE);
  }

  /// Whether nothing has moved for so long, either way. Both are asked: each counts for itself.
  boolean isStill(long now, Duration limit) {
    boolean isThereStill = toUpstream == null || toUpstream.isStill(now, limit);
    boolean isBackStill = toClient == null || toClient.isStill(now, limit);
    return isThereStill && isBackStill && toClient != null;
  }

  /// Ends both sides at once.
  void close() {
    if (closed) {
      return;
    }
    closed = true;
    if (toUpstream != null) {
      toUpstream.stop();
    }
    if (toClient != null) {
      toClient.stop();
    }
    IoUtils.safeClose(client);
    upstream.kill();
    over.run();
  }

  @Override
  public void moved(Pump pump) {
    if (pump == toClient) {
      upstream.guard().heard();
    }
  }

  @Override
  public void drained(Pump pump) {
    pump.finish();
  }

  @Override
  public void finished(Pump pump) {
    if (halfClosed) {
      close();
    }
    halfClosed = true;
  }

  @Override
  public void readFailed(Pump pump, IOException e) {
    close();
  }

  @Override
  public void writeFailed(Pump pump, IOException e) {
    close();
  }
}
