package dev.sallyport.gateway.relay;

/// Thrown by an [AddressResolver] for an address that must not be called.
public final class AddressRefusedException extends RuntimeException {
  public AddressRefusedException(String message) {
    super(message);
  }
}
