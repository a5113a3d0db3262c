package dev.sallyport.http;

import dev.sallyport.http.AddressGuard.Purpose;
import dev.sallyport.http.AddressGuard.Target;
import dev.sallyport.http.AddressGuard.Verdict;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;

/// Turns a host into the addresses of it that may be called. Resolves once: a caller connects to
/// what it got here and asks no resolver again, else a name could change between check and connect.
/// Blocks on DNS, so never call it on an I/O thread.
public final class GuardedResolver {
  /// The system's resolver, or another in tests.
  @FunctionalInterface
  public interface Names {
    InetAddress[] lookUp(String host) throws UnknownHostException;
  }

  /// What became of a host.
  public sealed interface Resolution {
    /// In the resolver's order, never empty.
    record Found(List<InetAddress> addresses) implements Resolution {}

    record Refused(String sentence) implements Resolution {}

    record Unknown(String sentence) implements Resolution {}
  }

  private final AddressGuard guard;
  private final Names names;

  public GuardedResolver(AddressGuard guard) {
    this(guard, InetAddress::getAllByName);
  }

  public GuardedResolver(AddressGuard guard, Names names) {
    this.guard = guard;
    this.names = names;
  }

  /// `host` may be a name or a literal, IPv6 with or without brackets.
  public Resolution resolve(Purpose purpose, String host, int port) {
    String name = Authority.unbracketed(host);
    List<InetAddress> addresses = lookUp(name);
    List<InetAddress> allowed = new ArrayList<>();
    String refusal = "The host " + name + " is unknown to DNS.";
    for (InetAddress address : addresses) {
      switch (guard.judge(purpose, new Target(name, address, port))) {
        case Verdict.Allowed _ -> allowed.add(address);
        case Verdict.Refused(String sentence) -> refusal = sentence;
      }
    }
    if (!allowed.isEmpty()) {
      return new Resolution.Found(List.copyOf(allowed));
    }
    return addresses.isEmpty() ? new Resolution.Unknown(refusal) : new Resolution.Refused(refusal);
  }

  private List<InetAddress> lookUp(String name) {
    InetAddress literal = IpLiteral.parse(name);
    if (literal != null) {
      return List.of(literal);
    }
    try {
      return List.of(names.lookUp(name));
    } catch (UnknownHostException e) {
      return List.of();
    }
  }
}
