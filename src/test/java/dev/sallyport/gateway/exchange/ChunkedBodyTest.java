package dev.sallyport.gateway.exchange;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.undertow.Undertow;
import io.undertow.server.HttpServerExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A server that tells the size of each body.
class ChunkedBodyTest {
  private static final String HEAD =
      "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n";
  private final Undertow server =
      Undertow.builder()
          .setIoThreads(1)
          .addHttpListener(0, "127.0.0.1", ChunkedBodyTest::measure)
          .build();

  ChunkedBodyTest() {
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop();
  }

  private static void measure(HttpServerExchange exchange) {
    ChunkedBody.takeOver(exchange);
    exchange
        .getRequestReceiver()
        .receiveFullBytes(
            (read, bytes) -> read.getResponseSender().send("got " + bytes.length + "\n"));
  }

  private Socket connect() throws IOException {
    InetSocketAddress address =
        (InetSocketAddress) server.getListenerInfo().getFirst().getAddress();
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), address.getPort());
    socket.setSoTimeout(30_000);
    return socket;
  }

  private static String body(int chunk, int count) {
    String one = Integer.toHexString(chunk) + ";a=b\r\n" + "x".repeat(chunk) + "\r\n";
    return one.repeat(count) + "0\r\nX-A: b\r\n\r\n";
  }

  private static String answer(Socket socket) throws IOException {
    StringBuilder text = new StringBuilder();
    int next;
    while (!text.toString().endsWith("\n") || text.indexOf("got") < 0) {
      next = socket.getInputStream().read();
      assertThat(next).isNotEqualTo(-1);
      text.append((char) next);
    }
    return text.substring(text.indexOf("got"));
  }

  @Test
  void bodyWhenChunksAreOfAnySizeThenAllOfItIsReadAndTheNextRequestFound() throws Exception {
    try (Socket socket = connect()) {
      for (int chunk : new int[] {1, 7, 1_000, 16_384, 65_536, 300_000}) {
        int count = Math.max(3, 200_000 / chunk);
        byte[] request = (HEAD + body(chunk, count)).getBytes(ISO_8859_1);
        Thread sender = Thread.ofVirtual().start(() -> send(socket, request));
        assertThat(answer(socket)).isEqualTo("got " + chunk * count + "\n");
        sender.join();
      }
      send(socket, (HEAD + body(3, 4) + HEAD + body(2, 4)).getBytes(ISO_8859_1));
      assertThat(answer(socket)).isEqualTo("got 12\n");
      assertThat(answer(socket)).isEqualTo("got 8\n");
    }
  }

  @Test
  void bodyWhenItComesByLettersThenAllOfItIsRead() throws Exception {
    try (Socket socket = connect()) {
      socket.setTcpNoDelay(true);
      for (byte letter : (HEAD + body(2, 3)).getBytes(ISO_8859_1)) {
        send(socket, new byte[] {letter});
      }
      assertThat(answer(socket)).isEqualTo("got 6\n");
    }
  }

  private static void send(Socket socket, byte[] bytes) {
    try {
      OutputStream out = socket.getOutputStream();
      out.write(bytes);
      out.flush();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
