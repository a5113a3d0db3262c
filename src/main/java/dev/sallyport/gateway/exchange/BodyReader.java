package dev.sallyport.gateway.exchange;

import io.undertow.connector.PooledByteBuffer;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.WorkerUtils;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.xnio.ChannelListener;
import org.xnio.XnioExecutor;
import org.xnio.channels.StreamSourceChannel;

/// Reads a small body whole without blocking. Memory grows with what has come, never with what was
/// promised; all bodies that are kept on a node share a limit; who dribbles is given up. Confined
/// to the exchange's I/O thread.
final class BodyReader implements ChannelListener<StreamSourceChannel> {
  private static final int MOST = 1 << 20;
  private static final int MOST_OF_ALL = 64 << 20;
  // In bytes.
  private static final Semaphore ROOM = new Semaphore(MOST_OF_ALL);

  /// What became of it.
  sealed interface Result {
    /// The body; whoever has it gives its room back by [BodyReader#forget].
    record Whole(byte[] bytes) implements Result {}

    record TooLarge() implements Result {}

    record TooSlow() implements Result {}

    record NoRoom() implements Result {}

    record Gone() implements Result {}
  }

  private final HttpServerExchange exchange;
  private final StreamSourceChannel channel;
  private final Consumer<Result> next;
  private final ByteArrayOutputStream read = new ByteArrayOutputStream();
  private final XnioExecutor.Key timer;
  private boolean isOver;

  private BodyReader(
      HttpServerExchange exchange,
      StreamSourceChannel channel,
      Duration longest,
      Consumer<Result> next) {
    this.exchange = exchange;
    this.channel = channel;
    this.next = next;
    this.timer =
        WorkerUtils.executeAfter(
            exchange.getIoThread(),
            () -> end(new Result.TooSlow()),
            longest.toMillis(),
            TimeUnit.MILLISECONDS);
  }

  static boolean isTooLarge(HttpServerExchange exchange) {
    return exchange.getRequestContentLength() > MOST;
  }

  /// Calls back once, on the I/O thread, after `longest` at the latest.
  static void read(HttpServerExchange exchange, Duration longest, Consumer<Result> next) {
    exchange.dispatch(
        exchange.getIoThread(),
        () -> {
          StreamSourceChannel channel = exchange.getRequestChannel();
          BodyReader reader = new BodyReader(exchange, channel, longest, next);
          channel.getReadSetter().set(reader);
          reader.handleEvent(channel);
        });
  }

  /// Gives the room of a body back.
  static void forget(byte[] body) {
    ROOM.release(body.length);
  }

  @Override
  public void handleEvent(StreamSourceChannel source) {
    if (isOver) {
      return;
    }
    try (PooledByteBuffer pooled = exchange.getConnection().getByteBufferPool().allocate()) {
      move(pooled.getBuffer());
    } catch (IOException e) {
      end(new Result.Gone());
    }
  }

  private void move(ByteBuffer buffer) throws IOException {
    while (!isOver) {
      buffer.clear();
      int count = channel.read(buffer);
      if (count == 0) {
        channel.resumeReads();
        return;
      }
      if (count < 0) {
        end(new Result.Whole(read.toByteArray()));
      } else if (read.size() + count > MOST) {
        end(new Result.TooLarge());
      } else if (!ROOM.tryAcquire(count)) {
        end(new Result.NoRoom());
      } else {
        buffer.flip();
        byte[] bytes = new byte[count];
        buffer.get(bytes);
        read.writeBytes(bytes);
      }
    }
  }

  private void end(Result result) {
    if (isOver) {
      return;
    }
    isOver = true;
    timer.remove();
    channel.suspendReads();
    if (!(result instanceof Result.Whole)) {
      ROOM.release(read.size());
    }
    next.accept(result);
  }
}
