package dev.sallyport.nodes;

import dev.sallyport.launcher.Node;
import dev.sallyport.testing.RunningServer;
import dev.sallyport.testing.Unique;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/// Calls one node past the balancer, with the Host that the balancer would pass on.
record NodeClient(RunningServer server, Node node) {
  private static final int PATIENCE_MILLIS = 60_000;
  private static final String LOCATION = "Location:";

  /// The status of a call with this token, on a connection of its own; 0 when the node is gone.
  int status(String url, String token) {
    try (Socket socket = connect()) {
      send(socket, url, token, "close");
      return status(socket.getInputStream());
    } catch (IOException e) {
      return 0;
    }
  }

  /// Where a page of the console's host leads; empty when it leads nowhere.
  String location(String pathAndQuery) {
    try (Socket socket = connect()) {
      String head =
          "GET %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n"
              .formatted(pathAndQuery, URI.create(server.base()).getAuthority());
      socket.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1)
          .lines()
          .filter(line -> line.regionMatches(true, 0, LOCATION, 0, LOCATION.length()))
          .map(line -> line.substring(LOCATION.length()).strip())
          .findFirst()
          .orElse("");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// A stream that runs until the node, or its session, ends it.
  InputStream stream(String url, String token) {
    try {
      Socket socket = connect();
      send(socket, url, token, "keep-alive");
      int status = status(socket.getInputStream());
      if (status != 200) {
        throw new AssertionError("the stream was refused: " + status);
      }
      return socket.getInputStream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket();
    socket.bind(new InetSocketAddress(Unique.loopback(), 0));
    socket.setSoTimeout(PATIENCE_MILLIS);
    int port = URI.create(node.base()).getPort();
    socket.connect(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port));
    return socket;
  }

  private void send(Socket socket, String url, String token, String connection) throws IOException {
    String head =
        String.join(
            "\r\n",
            "GET " + URI.create(url).getRawPath() + " HTTP/1.1",
            "Host: " + URI.create(server.base()).getAuthority(),
            "Authorization: Bearer " + token,
            "Connection: " + connection,
            "",
            "");
    socket.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
    socket.getOutputStream().flush();
  }

  private static int status(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    int next;
    while ((next = in.read()) != -1 && next != '\n') {
      line.append((char) next);
    }
    String[] parts = line.toString().split(" ");
    return parts.length < 2 ? 0 : Integer.parseInt(parts[1]);
  }
}
