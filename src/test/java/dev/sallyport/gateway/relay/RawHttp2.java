package dev.sallyport.gateway.relay;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/// A client of HTTP/2 (RFC 9113) that sends frame by frame what no library would.
final class RawHttp2 implements AutoCloseable {
  static final int DATA = 0;
  static final int HEADERS = 1;
  static final int RST_STREAM = 3;
  private static final int SETTINGS = 4;
  private static final int END_STREAM = 1;
  private static final int END_HEADERS = 4;
  private static final int CANCEL = 8;
  private static final int INITIAL_WINDOW = 4;
  // RFC 7541, appendix A: indexes of the static table.
  private static final int GET = 0x82;
  private static final int POST = 0x83;

  private final SSLSocket socket;
  private final DataInputStream in;

  /// What came from the server.
  record Frame(int type, int flags, int stream, byte[] payload) {
    String text() {
      return new String(payload, StandardCharsets.ISO_8859_1);
    }

    boolean isLast() {
      return type == RST_STREAM || ((type == DATA || type == HEADERS) && (flags & END_STREAM) != 0);
    }
  }

  private RawHttp2(SSLSocket socket) throws IOException {
    this.socket = socket;
    this.in = new DataInputStream(socket.getInputStream());
  }

  /// Connects and grants each stream so many bytes of its answer.
  static RawHttp2 connect(SSLContext tls, int port, int window) throws IOException {
    var socket =
        (SSLSocket) tls.getSocketFactory().createSocket(InetAddress.ofLiteral("127.0.0.1"), port);
    socket.setSoTimeout((int) Door.PATIENCE.toMillis());
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setApplicationProtocols(new String[] {"h2"});
    socket.setSSLParameters(parameters);
    RawHttp2 client = new RawHttp2(socket);
    socket
        .getOutputStream()
        .write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    byte[] setting = ByteBuffer.allocate(6).putShort((short) INITIAL_WINDOW).putInt(window).array();
    client.send(SETTINGS, 0, 0, setting);
    return client;
  }

  void get(int stream) throws IOException {
    send(HEADERS, END_STREAM | END_HEADERS, stream, head(GET));
  }

  /// A request whose body is complete with its head.
  void post(int stream) throws IOException {
    send(HEADERS, END_STREAM | END_HEADERS, stream, head(POST));
  }

  /// The head of a request whose body is to come.
  void beginPost(int stream) throws IOException {
    send(HEADERS, END_HEADERS, stream, head(POST));
  }

  void body(int stream, String text) throws IOException {
    send(DATA, 0, stream, text.getBytes(StandardCharsets.ISO_8859_1));
  }

  void reset(int stream) throws IOException {
    send(RST_STREAM, 0, stream, ByteBuffer.allocate(4).putInt(CANCEL).array());
  }

  private static byte[] head(int method) {
    ByteArrayOutputStream block = new ByteArrayOutputStream();
    block.write(method);
    block.write(0x84); // :path /
    block.write(0x87); // :scheme https
    block.write(0x41); // :authority, a literal
    block.write(4);
    block.writeBytes("door".getBytes(StandardCharsets.US_ASCII));
    return block.toByteArray();
  }

  private void send(int type, int flags, int stream, byte[] payload) throws IOException {
    ByteBuffer frame = ByteBuffer.allocate(9 + payload.length);
    frame.put((byte) (payload.length >> 16)).putShort((short) payload.length);
    frame.put((byte) type).put((byte) flags).putInt(stream).put(payload);
    socket.getOutputStream().write(frame.array());
    socket.getOutputStream().flush();
  }

  /// The next frame of this type on this stream; others are passed over.
  Frame await(int type, int stream) throws IOException {
    while (true) {
      Frame frame = next();
      if (frame.type == type && frame.stream == stream) {
        return frame;
      }
    }
  }

  /// Whether the stream, or the connection with it, ends before the patience does.
  boolean isEnded(int stream) throws IOException {
    try {
      while (true) {
        Frame frame = next();
        if (frame.stream == stream && frame.isLast()) {
          return true;
        }
      }
    } catch (EOFException | SocketException closed) {
      return true;
    }
  }

  private Frame next() throws IOException {
    int length = (in.readUnsignedByte() << 16) | in.readUnsignedShort();
    int type = in.readUnsignedByte();
    int flags = in.readUnsignedByte();
    int stream = in.readInt();
    byte[] payload = in.readNBytes(length);
    if (type == SETTINGS && flags == 0) {
      send(SETTINGS, 1, 0, new byte[0]);
    }
    return new Frame(type, flags, stream, payload);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
