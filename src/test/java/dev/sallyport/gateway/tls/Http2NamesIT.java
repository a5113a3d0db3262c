package dev.sallyport.gateway.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.testing.Entrance;
import dev.sallyport.testing.HttpsClient;
import dev.sallyport.testing.RawCall;
import dev.sallyport.testing.RunningServer;
import dev.sallyport.testing.demo.DumperApp;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.URI;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Names of headers that HTTP/2 can carry and HTTP/1 can't: upstreams would read another header.
@ExtendWith(RunningServer.Extension.class)
class Http2NamesIT {
  private static final int HEADERS = 1;
  private static final int SETTINGS = 4;
  private static final int END_STREAM_AND_HEADERS = 5;
  // RFC 7541, appendix A: the static table's `:status` 200 and 400, as indexed fields.
  private static final int OK = 0x88;
  private static final int BAD_REQUEST = 0x8c;

  private final DumperApp upstream = DumperApp.start(0);

  @AfterEach
  void close() {
    upstream.close();
  }

  @Test
  void callWhenAllNamesAreTokensThenPassed(RunningServer server) throws IOException {
    assertThat(status(server, "x-other", "1")).isEqualTo(OK);
  }

  @ParameterizedTest
  @CsvSource({"cookie:x,; session=evil", "transfer-encoding:x,', chunked'", "x:y,1"})
  void callWhenANameHasAColonThenRefused(String name, String value, RunningServer server)
      throws IOException {
    assertThat(status(server, name, value)).isEqualTo(BAD_REQUEST);
  }

  /// How the answer's head begins.
  private int status(RunningServer server, String name, String value) throws IOException {
    Entrance app = Entrance.to(server, upstream.url() + "/");
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    head.write(0x82); // GET
    head.write(0x87); // https
    named(head, 4, URI.create(app.url()).getRawPath() + "/");
    named(head, 1, RawCall.host(server));
    literal(head, "authorization", "Bearer " + app.token().signed());
    literal(head, name, value);
    try (SSLSocket socket = HttpsClient.http2(server)) {
      socket.setSoTimeout(30_000);
      socket.getOutputStream().write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(US_ASCII));
      send(socket, SETTINGS, 0, 0, new byte[0]);
      send(socket, HEADERS, END_STREAM_AND_HEADERS, 1, head.toByteArray());
      return answered(new DataInputStream(socket.getInputStream()));
    }
  }

  /// A value under a name of the static table.
  private static void named(ByteArrayOutputStream head, int index, String value) {
    head.write(index);
    text(head, value);
  }

  private static void literal(ByteArrayOutputStream head, String name, String value) {
    head.write(0);
    text(head, name);
    text(head, value);
  }

  // RFC 7541 section 5.1: an integer of seven bits, the rest in further bytes.
  private static void text(ByteArrayOutputStream head, String text) {
    int length = text.length();
    if (length < 127) {
      head.write(length);
    } else {
      head.write(127);
      int rest = length - 127;
      while (rest >= 128) {
        head.write(rest % 128 + 128);
        rest /= 128;
      }
      head.write(rest);
    }
    head.writeBytes(text.getBytes(US_ASCII));
  }

  private static void send(SSLSocket socket, int type, int flags, int stream, byte[] payload)
      throws IOException {
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    frame.write(payload.length >> 16);
    frame.write(payload.length >> 8);
    frame.write(payload.length);
    frame.write(type);
    frame.write(flags);
    frame.writeBytes(new byte[] {0, 0, 0, (byte) stream});
    frame.writeBytes(payload);
    socket.getOutputStream().write(frame.toByteArray());
  }

  private static int answered(DataInputStream in) throws IOException {
    while (true) {
      int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
      int type = in.readUnsignedByte();
      in.skipNBytes(5);
      byte[] payload = in.readNBytes(length);
      if (type == HEADERS) {
        return payload[0] & 0xff;
      }
    }
  }
}
