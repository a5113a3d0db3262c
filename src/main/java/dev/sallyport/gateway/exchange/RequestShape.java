package dev.sallyport.gateway.exchange;

import dev.sallyport.gateway.routes.AppPath;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.Protocols;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Requests that two servers in a row could read in two ways (RFC 9112 section 11.2): refused, and
/// the connection closed, because nobody knows where the next one begins. What is sent upstream is
/// framed anew in any case.
public final class RequestShape {
  /// Which of two would count is for each server to say.
  private static final List<HttpString> SINGLE =
      List.of(
          Headers.CONTENT_TYPE,
          Headers.CONTENT_ENCODING,
          Headers.EXPECT,
          new HttpString("Mcp-Session-Id"),
          new HttpString("Mcp-Protocol-Version"),
          new HttpString("Mcp-Method"),
          new HttpString("Mcp-Name"),
          new HttpString("Last-Event-Id"));

  private RequestShape() {}

  /// What is wrong with the request; null when nothing is.
  public static @Nullable String fault(HttpServerExchange exchange) {
    HeaderMap headers = exchange.getRequestHeaders();
    HeaderValues encodings = headers.get(Headers.TRANSFER_ENCODING);
    if (encodings != null && !isPlainlyChunked(exchange, encodings)) {
      return "A body has a Content-Length, or in HTTP/1.1 the Transfer-Encoding chunked.";
    }
    for (HttpString name : SINGLE) {
      HeaderValues values = headers.get(name);
      if (values != null && values.size() > 1) {
        return "There is more than one " + name + " header.";
      }
    }
    if (!isHttp1(exchange) && hasColons(headers)) {
      return "A header's name has a colon.";
    }
    return hasControls(headers) ? "A header's value has a control character." : null;
  }

  /// What is wrong with the request's target; null when there is one reading of it.
  public static @Nullable String pathFault(HttpServerExchange exchange) {
    return exchange.isHostIncludedInRequestURI()
        ? "The request names a whole URL where its path should be."
        : AppPath.fault(exchange.getRequestURI());
  }

  private static boolean isPlainlyChunked(HttpServerExchange exchange, HeaderValues encodings) {
    return encodings.size() == 1
        && encodings.getFirst().equalsIgnoreCase("chunked")
        && Protocols.HTTP_1_1.equals(exchange.getProtocol())
        && !exchange.getRequestHeaders().contains(Headers.CONTENT_LENGTH);
  }

  private static boolean isHttp1(HttpServerExchange exchange) {
    return Protocols.HTTP_1_1.equals(exchange.getProtocol())
        || Protocols.HTTP_1_0.equals(exchange.getProtocol());
  }

  // HTTP/2 can carry one (RFC 9113 section 8.2.1 forbids it), and the server lets it pass; written
  // to an upstream as HTTP/1, the name would end there and the rest be a value.
  private static boolean hasColons(HeaderMap headers) {
    for (long i = headers.fastIterateNonEmpty(); i != -1L; i = headers.fiNextNonEmpty(i)) {
      HttpString name = headers.fiCurrent(i).getHeaderName();
      for (int at = 0; at < name.length(); at++) {
        if (name.byteAt(at) == ':') {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean hasControls(HeaderMap headers) {
    for (long i = headers.fastIterateNonEmpty(); i != -1L; i = headers.fiNextNonEmpty(i)) {
      HeaderValues values = headers.fiCurrent(i);
      // A token goes nowhere, and it is looked at letter by letter anyway.
      if (!Headers.AUTHORIZATION.equals(values.getHeaderName()) && hasControls(values)) {
        return true;
      }
    }
    return false;
  }

  private static boolean hasControls(HeaderValues values) {
    for (int i = 0; i < values.size(); i++) {
      String value = values.get(i);
      for (int at = 0; at < value.length(); at++) {
        char c = value.charAt(at);
        if ((c < ' ' && c != '\t') || c == 0x7f) {
          return true;
        }
      }
    }
    return false;
  }
}
