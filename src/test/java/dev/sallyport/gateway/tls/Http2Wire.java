package dev.sallyport.gateway.tls;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.sallyport.testing.HttpsClient;
import dev.sallyport.testing.RunningServer;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import javax.net.ssl.SSLSocket;

/// A connection on which a test writes HTTP/2 frame by frame.
final class Http2Wire implements AutoCloseable {
  static final int HEADERS = 1;
  static final int RST_STREAM = 3;
  static final int SETTINGS = 4;
  static final int GOAWAY = 7;
  static final int END_STREAM_AND_HEADERS = 5;
  // RFC 7541, appendix A: the static table's `:status` 200 and 400, as indexed fields.
  static final int OK = 0x88;
  static final int BAD_REQUEST = 0x8c;

  /// The connection ended instead of an answer.
  static final int ENDED = -1;

  private final SSLSocket socket;
  private final DataInputStream in;

  private Http2Wire(SSLSocket socket) throws IOException {
    this.socket = socket;
    this.in = new DataInputStream(socket.getInputStream());
    socket.setSoTimeout(30_000);
    socket.getOutputStream().write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(US_ASCII));
    send(SETTINGS, 0, 0, new byte[0]);
  }

  static Http2Wire to(RunningServer server) throws IOException {
    return new Http2Wire(HttpsClient.http2(server));
  }

  /// A value under a name of the static table.
  static void named(ByteArrayOutputStream head, int index, String value) {
    head.write(index);
    text(head, value);
  }

  static void literal(ByteArrayOutputStream head, String name, String value) {
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
    head.writeBytes(text.getBytes(ISO_8859_1));
  }

  void send(int type, int flags, int stream, byte[] payload) throws IOException {
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    frame.write(payload.length >> 16);
    frame.write(payload.length >> 8);
    frame.write(payload.length);
    frame.write(type);
    frame.write(flags);
    frame.writeBytes(
        new byte[] {
          (byte) (stream >> 24), (byte) (stream >> 16), (byte) (stream >> 8), (byte) stream
        });
    frame.writeBytes(payload);
    socket.getOutputStream().write(frame.toByteArray());
  }

  /// How the first answer's head begins, or its stream or the connection ends.
  int answered() throws IOException {
    try {
      while (true) {
        int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
        int type = in.readUnsignedByte();
        in.skipNBytes(5);
        byte[] payload = in.readNBytes(length);
        if (type == HEADERS) {
          return payload[0] & 0xff;
        }
        if (type == RST_STREAM || type == GOAWAY) {
          return ENDED;
        }
      }
    } catch (EOFException | SocketException e) {
      return ENDED;
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
