package dev.sallyport.gateway.relay;

import java.util.Locale;

/// Why the relay has no answer to pass on. Only reported while the response has not begun.
public enum RelayFailure {
  /// There was no upstream to try.
  NO_UPSTREAM,
  /// The upstream already serves as many calls as it may.
  BUSY,
  /// The upstream's name has no address.
  NAME_NOT_RESOLVED,
  /// The upstream's address is one that may not be called.
  ADDRESS_REFUSED,
  /// The upstream did not accept the connection.
  CONNECT_FAILED,
  /// The upstream did not accept the connection in time.
  CONNECT_TIMEOUT,
  /// The upstream's certificate or TLS settings were not acceptable.
  TLS_FAILED,
  /// The upstream got the request, or part of it, and gave no proper answer.
  BROKEN_BEFORE_ANSWER,
  /// What the upstream began to answer is not to be read: no HTTP, or without an end.
  UNREADABLE_ANSWER,
  /// The upstream began with an interim answer (1xx), behind which the client library can't read.
  INTERIM_ANSWER,
  /// The upstream's answer has a status that no answer has, or switches protocols unasked.
  UNUSABLE_STATUS,
  /// There is no telling where the upstream's answer ends.
  UNCLEAR_END,
  /// The upstream got the request and did not begin to answer in time.
  RESPONSE_TIMEOUT,
  /// The request's body is larger than allowed.
  BODY_TOO_LARGE,
  /// The client stopped sending its body, or dribbles it.
  BODY_TIMEOUT,
  /// A method that must not be relayed: CONNECT opens a tunnel, TRACE returns the assertion.
  METHOD_REFUSED,
  /// The door did not want the upstream's answer; see [RelayCall#answered].
  DECLINED,
  /// The call was ended by [Relay.Handle#cut].
  CUT;

  /// Whether it says that nothing listens there, or nothing that can be talked to.
  public boolean isUnreachable() {
    return this == NAME_NOT_RESOLVED
        || this == CONNECT_FAILED
        || this == CONNECT_TIMEOUT
        || this == TLS_FAILED;
  }

  /// Whether the upstream is no good: it got the call and gave nothing that anybody could use.
  boolean isUnanswered() {
    return this == BROKEN_BEFORE_ANSWER
        || this == UNREADABLE_ANSWER
        || this == UNUSABLE_STATUS
        || this == UNCLEAR_END
        || this == RESPONSE_TIMEOUT;
  }

  /// The failure in words, as of an upstream.
  public String words() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /// Whether the rest of the request's body must not be waited for.
  boolean spoilsBody() {
    return this == BODY_TOO_LARGE || this == BODY_TIMEOUT;
  }
}
