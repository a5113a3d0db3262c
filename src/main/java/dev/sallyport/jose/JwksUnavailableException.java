package dev.sallyport.jose;

/// An issuer's keys can't be had now. The message is shown to admins: it holds no secret and no
/// text of the answer.
public final class JwksUnavailableException extends Exception {
  public JwksUnavailableException(String message) {
    super(message);
  }

  public JwksUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }

  public String reason() {
    return String.valueOf(getMessage());
  }
}
