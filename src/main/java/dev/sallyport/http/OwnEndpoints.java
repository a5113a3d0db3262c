package dev.sallyport.http;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.URI;
import java.util.Set;

/// Where Sallyport itself listens: `ports` on every address of this machine (the management port
/// among them), and the public URL.
public record OwnEndpoints(URI publicUrl, Set<Integer> ports) {
  public OwnEndpoints {
    ports = Set.copyOf(ports);
  }

  boolean include(AddressGuard.Target target) {
    return isPublic(target.host(), target.port())
        || (ports.contains(target.port()) && isOfThisMachine(target.address()));
  }

  private boolean isPublic(String host, int port) {
    return Authority.of(publicUrl).equals(Authority.of(AddressGuard.canonical(host), port));
  }

  private static boolean isOfThisMachine(InetAddress address) {
    InetAddress inner = AddressKind.embedded(address);
    return isBound(address) || (inner != null && isBound(inner));
  }

  private static boolean isBound(InetAddress address) {
    if (address.isLoopbackAddress() || address.isAnyLocalAddress()) {
      return true;
    }
    try {
      return NetworkInterface.getByInetAddress(address) != null;
    } catch (SocketException e) {
      return true; // unknown counts as ours
    }
  }
}
