package dev.sallyport.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// A browser without a screen at an app's own host, whose name no resolver needs to know. It keeps
/// the host's cookies and follows nothing by itself.
public final class SiteBrowser {
  private final int port;
  private final String host;
  private final Map<String, String> cookies = new LinkedHashMap<>();

  /// @param origin such as `http://wiki.localhost:8080`
  public SiteBrowser(RunningServer server, String origin) {
    this(RawCall.port(server), origin);
  }

  /// At a proxy before the server, which listens at this port.
  public SiteBrowser(int port, String origin) {
    this.port = port;
    this.host = URI.create(origin).getAuthority();
  }

  /// What came back; header lines as they were sent.
  public record Answer(int status, List<String> headers, String body) {
    /// The answer in these bytes.
    public static Answer of(String text) {
      int end = text.indexOf("\r\n\r\n");
      if (end < 0) {
        throw new AssertionError("no answer: " + text);
      }
      List<String> head = List.of(text.substring(0, end).split("\r\n"));
      int status = Integer.parseInt(head.getFirst().split(" ")[1]);
      return new Answer(status, head.subList(1, head.size()), text.substring(end + 4));
    }

    public List<String> all(String name) {
      return headers.stream()
          .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
          .map(line -> line.substring(name.length() + 1).strip())
          .toList();
    }

    public String first(String name) {
      return all(name).stream().findFirst().orElse("");
    }

    public String location() {
      return first("Location");
    }

    /// A problem's code.
    public String code() {
      return body.replaceAll("(?s).*\"code\":\"([a-z-]+)\".*", "$1");
    }
  }

  /// Opens a page as a tab does.
  public Answer open(String path) {
    return send("GET", path, "Accept: text/html,*/*;q=0.8", "Sec-Fetch-Mode: navigate");
  }

  /// Fetches as a script does.
  public Answer fetch(String path, String... headers) {
    return send("GET", path, headers);
  }

  /// Any request without a body; `headers` are whole lines.
  public Answer send(String method, String path, String... headers) {
    List<String> lines = new ArrayList<>();
    lines.add(method + " " + path + " HTTP/1.1");
    lines.add("Host: " + host);
    if (!cookies.isEmpty()) {
      lines.add(
          "Cookie: "
              + cookies.entrySet().stream()
                  .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                  .collect(Collectors.joining("; ")));
    }
    lines.addAll(List.of(headers));
    if (method.equals("POST")) {
      lines.add("Content-Length: 0");
    }
    try {
      Answer answer =
          Answer.of(RawCall.exchange(port, Unique.loopback(), lines.toArray(new String[0])));
      answer.all("Set-Cookie").forEach(this::keep);
      return answer;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The cookies that the host has set here, by name.
  public Map<String, String> cookies() {
    return cookies;
  }

  private void keep(String setCookie) {
    String[] pair = setCookie.split(";")[0].split("=", 2);
    if (setCookie.contains("Max-Age=0")) {
      cookies.remove(pair[0]);
    } else {
      cookies.put(pair[0], pair[1]);
    }
  }
}
