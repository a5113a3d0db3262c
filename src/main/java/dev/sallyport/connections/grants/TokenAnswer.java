package dev.sallyport.connections.grants;

/// How a token endpoint answered.
public sealed interface TokenAnswer {
  /// With tokens.
  record Granted(Tokens tokens) implements TokenAnswer {}

  /// With an OAuth error (RFC 6749 section 5.2), in characters that can be shown.
  record Refused(String code) implements TokenAnswer {}

  /// Not at all, or with nothing that is an answer; a sentence without secrets says why.
  record Unreachable(String detail, Loss loss) implements TokenAnswer {}

  /// What may have become of a request that got no answer.
  enum Loss {
    /// It did not leave.
    NEVER_SENT,
    /// It may have done its work: the connection broke off.
    BROKEN_OFF,
    /// It may have done its work: no answer came in time, or none that can be read.
    NO_ANSWER
  }
}
