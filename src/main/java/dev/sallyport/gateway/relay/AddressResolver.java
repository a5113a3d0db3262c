package dev.sallyport.gateway.relay;

import java.io.IOException;
import java.net.InetAddress;

/// Finds the address of a host and refuses those that must not be called.
@FunctionalInterface
public interface AddressResolver {

  /// Called on a blocking thread, never on an I/O thread.
  ///
  /// @throws java.net.UnknownHostException if the name has no address
  /// @throws AddressRefusedException if the address must not be called
  InetAddress resolve(String host, int port) throws IOException;
}
