package dev.sallyport.jose;

/// A text that is no usable key set. The message says what is wrong and quotes nothing of it.
public final class InvalidKeySetException extends Exception {
  public InvalidKeySetException(String message) {
    super(message);
  }

  public String reason() {
    return String.valueOf(getMessage());
  }
}
