package dev.sallyport.gateway.relay;

import java.io.IOException;

/// More bytes came than allowed.
final class BodyTooLargeException extends IOException {
  private static final long serialVersionUID = 1L;
}
