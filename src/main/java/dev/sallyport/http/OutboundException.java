package dev.sallyport.http;

/// A fetch that did not come to an answer. The message is a sentence for an admin: it names the
/// host, never a path, query, header or body.
public final class OutboundException extends Exception {
  /// Stable names, shown in the console.
  public enum Reason {
    BAD_URL,
    NOT_HTTPS,
    REFUSED_ADDRESS,
    DNS,
    CONNECT,
    TLS,
    TIMEOUT,
    TOO_LARGE,
    REDIRECTS,
    IO
  }

  private final Reason reason;

  // Without a cause on purpose: causes of protocol errors quote what the other side sent.
  public OutboundException(Reason reason, String sentence) {
    super(sentence);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
