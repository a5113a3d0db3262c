package dev.sallyport.gateway.relay;

import io.undertow.connector.ByteBufferPool;
import io.undertow.connector.PooledByteBuffer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channel;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.xnio.ChannelListener;
import org.xnio.channels.StreamSinkChannel;
import org.xnio.channels.StreamSourceChannel;

/// Moves a body from one channel to another without blocking, and flushes whenever it has to wait
/// for more: else the headers of a quiet event stream would stay in the server. Not Undertow's
/// `Transfer`, which writes nothing before the first byte of the body and ends by a wake-up.
final class Pump implements ChannelListener<Channel> {
  // Who dribbles below that makes no progress.
  private static final long LEAST = 1024;

  private final StreamSourceChannel source;
  private final StreamSinkChannel sink;
  private final ByteBufferPool buffers;
  private final PumpEvents events;
  private final long limit;
  private @Nullable PooledByteBuffer held;
  private long total;
  private long seenTotal = -1;
  private long seenAt;
  private boolean seenHeld;
  private boolean stopped;
  private boolean finishing;

  Pump(
      StreamSourceChannel source,
      StreamSinkChannel sink,
      ByteBufferPool buffers,
      PumpEvents events,
      long limit) {
    this.source = source;
    this.sink = sink;
    this.buffers = buffers;
    this.events = events;
    this.limit = limit;
  }

  /// Moves what is there now and the rest as it comes.
  void start() {
    source.getReadSetter().set(this);
    sink.getWriteSetter().set(this);
    move();
  }

  /// Stops for good; the channels are left as they are.
  void stop() {
    if (!stopped) {
      stopped = true;
      source.suspendReads();
      sink.suspendWrites();
      free();
    }
  }

  /// Ends the sink.
  void finish() {
    finishing = true;
    try {
      sink.shutdownWrites();
    } catch (IOException e) {
      stop();
      events.writeFailed(this, e);
      return;
    }
    flushEnd();
  }

  /// Whether nothing has moved for so long. Asked from time to time; counts from the first
  /// question.
  boolean isStill(long now, Duration limit) {
    return isStill(now, limit, 1);
  }

  private boolean isStill(long now, Duration limit, long least) {
    boolean isHeld = held != null;
    boolean isFirst = seenTotal < 0;
    if (isFirst || total - seenTotal >= least || isHeld != seenHeld || finishing) {
      seenTotal = total;
      seenHeld = isHeld;
      seenAt = now;
      return false;
    }
    return now - seenAt > limit.toNanos();
  }

  /// Whether it is the source that has let the transfer wait: less than a KiB in so long.
  boolean isStarved(long now, Duration limit) {
    return isStill(now, limit, LEAST) && held == null;
  }

  /// Whether it is the sink.
  boolean isStuck(long now, Duration limit) {
    return isStill(now, limit, LEAST) && held != null;
  }

  /// Whether the sink has taken everything, its end included.
  boolean isFinished() {
    return finishing && stopped;
  }

  @Override
  public void handleEvent(Channel channel) {
    if (stopped) {
      source.suspendReads();
      sink.suspendWrites();
    } else if (finishing) {
      flushEnd();
    } else {
      move();
    }
  }

  private void move() {
    PooledByteBuffer pooled = held;
    if (pooled == null) {
      pooled = buffers.allocate();
      pooled.getBuffer().limit(0);
      held = pooled;
    }
    ByteBuffer buffer = pooled.getBuffer();
    boolean going = true;
    while (going) {
      going = write(buffer) && read(buffer);
    }
  }

  private boolean write(ByteBuffer buffer) {
    try {
      while (buffer.hasRemaining()) {
        if (sink.write(buffer) == 0) {
          source.suspendReads();
          sink.resumeWrites();
          return false;
        }
      }
      return true;
    } catch (IOException e) {
      stop();
      events.writeFailed(this, e);
      return false;
    }
  }

  private boolean read(ByteBuffer buffer) {
    buffer.clear();
    int count;
    try {
      count = source.read(buffer);
    } catch (IOException e) {
      stop();
      events.readFailed(this, e);
      return false;
    }
    buffer.flip();
    if (count <= 0) {
      free();
      pause(count);
      return false;
    }
    total += count;
    events.moved(this);
    if (total > limit) {
      stop();
      events.readFailed(this, new BodyTooLargeException());
      return false;
    }
    return true;
  }

  private void pause(int count) {
    if (count == -1) {
      source.suspendReads();
      events.drained(this);
      return;
    }
    try {
      if (sink.flush()) {
        sink.suspendWrites();
      } else {
        sink.resumeWrites();
      }
      source.resumeReads();
    } catch (IOException e) {
      stop();
      events.writeFailed(this, e);
    }
  }

  private void flushEnd() {
    try {
      if (sink.flush()) {
        stop();
        events.finished(this);
      } else {
        sink.resumeWrites();
      }
    } catch (IOException e) {
      stop();
      events.writeFailed(this, e);
    }
  }

  private void free() {
    if (held != null) {
      held.close();
      held = null;
    }
  }
}
