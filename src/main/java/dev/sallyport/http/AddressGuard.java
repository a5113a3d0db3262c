package dev.sallyport.http;

import java.net.InetAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Decides which addresses may be called. It judges addresses, not names: ask it after DNS, and
/// connect to the address it allowed.
public final class AddressGuard {
  private static final String SETTING = "SALLYPORT_OUTBOUND_ALLOW";
  private static final String NEVER = "an app is never called there, not even by " + SETTING;

  /// What the call is for.
  public enum Purpose {
    /// Fetches of Sallyport itself, such as key sets: public addresses, and what the setting names.
    CONTROL,
    /// Calls of apps: everything but link-local, metadata and Sallyport itself.
    UPSTREAM
  }

  /// The host that was asked for and one address that it has.
  public record Target(String host, InetAddress address, int port) {}

  /// May it be called? A refusal says what would allow it.
  public sealed interface Verdict {
    record Allowed() implements Verdict {}

    record Refused(String sentence) implements Verdict {}
  }

  private final Set<String> allowedHosts = new HashSet<>();
  private final Set<Cidr> allowedRanges = new HashSet<>();
  private final OwnEndpoints own;

  public AddressGuard(List<String> allow, OwnEndpoints own) {
    this.own = own;
    allow.forEach(this::allow);
  }

  public Verdict judge(Purpose purpose, Target target) {
    return switch (purpose) {
      case CONTROL -> judgeFetch(target);
      case UPSTREAM -> judgeUpstream(target);
    };
  }

  /// Whether the setting names this host or address; only then is plain http good enough. A host
  /// name does not open link-local or metadata addresses: DNS must not decide that.
  public boolean isNamed(String host, InetAddress address) {
    InetAddress inner = AddressKind.embedded(address);
    return isInAllowedRange(address)
        || (inner != null && isInAllowedRange(inner))
        || (allowedHosts.contains(canonical(host)) && !AddressKind.of(address).isNeverCalled());
  }

  private Verdict judgeFetch(Target target) {
    AddressKind kind = AddressKind.of(target.address());
    if (kind == AddressKind.GLOBAL || isNamed(target.host(), target.address())) {
      return new Verdict.Allowed();
    }
    String what = kind.isNeverCalled() ? "the address" : "the host or the address";
    return refused(target, kind.words(), "name " + what + " in " + SETTING + " to allow it");
  }

  private Verdict judgeUpstream(Target target) {
    AddressKind kind = AddressKind.of(target.address());
    if (kind.isNeverCalled()) {
      return refused(target, kind.words(), NEVER);
    }
    if (own.include(target)) {
      return refused(target, "Sallyport itself on port " + target.port(), NEVER);
    }
    return new Verdict.Allowed();
  }

  private static Verdict refused(Target target, String what, String remedy) {
    String address = target.address().getHostAddress();
    return new Verdict.Refused(
        "%s has the address %s, which is %s; %s.".formatted(target.host(), address, what, remedy));
  }

  private boolean isInAllowedRange(InetAddress address) {
    return allowedRanges.stream().anyMatch(range -> range.contains(address));
  }

  private void allow(String entry) {
    String host = canonical(entry);
    if (host.matches("[a-z0-9_-]+(\\.[a-z0-9_-]+)*") && !endsInNumber(host)) {
      allowedHosts.add(host);
      return;
    }
    try {
      allowedRanges.add(Cidr.parse(host));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          SETTING + ": '" + entry + "' is no host name, address or CIDR range", e);
    }
  }

  /// Such names are IPv4 addresses to some readers (WHATWG URL section 3.5).
  static boolean endsInNumber(String host) {
    String last = host.substring(host.lastIndexOf('.') + 1);
    return last.matches("[0-9]+|0[xX][0-9a-fA-F]*");
  }

  static String canonical(String host) {
    String text = Authority.unbracketed(host).toLowerCase(Locale.ROOT);
    return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
  }
}
