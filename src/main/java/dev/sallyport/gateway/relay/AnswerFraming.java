package dev.sallyport.gateway.relay;

import io.undertow.client.ClientResponse;
import io.undertow.util.HeaderMap;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import io.undertow.util.Protocols;
import io.undertow.util.StatusCodes;
import org.jspecify.annotations.Nullable;

/// Whether an upstream's answer is one, and where it ends beyond doubt (RFC 9112 section 6.3). What
/// a doubtful one leaves behind could be taken for the next person's answer.
final class AnswerFraming {
  private AnswerFraming() {}

  /// Why it must not be passed on; null when it may.
  static @Nullable RelayFailure fault(ClientResponse response) {
    int status = response.getResponseCode();
    if (status >= 100 && status < 200 && status != StatusCodes.SWITCHING_PROTOCOLS) {
      return RelayFailure.INTERIM_ANSWER;
    }
    if (status < 200 || status > 999) {
      return RelayFailure.UNUSABLE_STATUS;
    }
    return isUnclear(response) ? RelayFailure.UNCLEAR_END : null;
  }

  private static boolean isUnclear(ClientResponse response) {
    HeaderMap headers = response.getResponseHeaders();
    HeaderValues encodings = headers.get(Headers.TRANSFER_ENCODING);
    if (encodings != null) {
      return encodings.size() > 1 || !encodings.getFirst().equalsIgnoreCase("chunked");
    }
    HeaderValues lengths = headers.get(Headers.CONTENT_LENGTH);
    return lengths != null && !isOneNumber(lengths);
  }

  /// Whether the connection may serve somebody else afterwards.
  static boolean isPlain(ClientResponse response) {
    HeaderMap headers = response.getResponseHeaders();
    HeaderValues lengths = headers.get(Headers.CONTENT_LENGTH);
    if (headers.contains(Headers.TRANSFER_ENCODING)) {
      return lengths == null && Protocols.HTTP_1_1.equals(response.getProtocol());
    }
    return lengths == null || lengths.size() == 1;
  }

  /// Whether it speaks of a body that its status does not have. The client library would wait for
  /// it.
  static boolean lacksItsBody(ClientResponse response) {
    int status = response.getResponseCode();
    if (status != StatusCodes.NO_CONTENT && status != StatusCodes.NOT_MODIFIED) {
      return false;
    }
    HeaderMap headers = response.getResponseHeaders();
    @Nullable String length = headers.getFirst(Headers.CONTENT_LENGTH);
    return headers.contains(Headers.TRANSFER_ENCODING) || (length != null && !length.equals("0"));
  }

  private static boolean isOneNumber(HeaderValues lengths) {
    String first = lengths.getFirst();
    boolean isNumber =
        !first.isEmpty()
            && first.length() < 19
            && first.chars().allMatch(digit -> digit >= '0' && digit <= '9');
    return isNumber && lengths.stream().allMatch(first::equals);
  }
}
