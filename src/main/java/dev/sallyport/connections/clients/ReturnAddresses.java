package dev.sallyport.connections.clients;

import dev.sallyport.config.Settings;
import dev.sallyport.connections.remote.AuthorizationServer;
import dev.sallyport.crypto.TokenHash;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/// Where authorization servers send people back to. One that does not name itself in its answers
/// gets an address of its own: what comes back there can't be another one's code (RFC 9700 section
/// 4.4.2.2).
@ApplicationScoped
public class ReturnAddresses {
  /// Where all of them are, and the one that servers share which name themselves.
  public static final String PATH = "/oauth/connect/callback";

  private static final int KEY = 24;

  @Inject Settings settings;

  /// For servers whose answers say whose they are.
  String common() {
    return settings.publicBase() + PATH;
  }

  /// For nobody but this server.
  public String own(String issuer) {
    return common() + "/" + key(issuer);
  }

  /// What a client is made with now.
  String of(AuthorizationServer server) {
    return server.issInResponse() ? common() : own(server.issuer());
  }

  /// Whether a client that was made with this one is still as good.
  boolean does(AuthorizationServer server, String address) {
    return address.equals(of(server)) || address.equals(own(server.issuer()));
  }

  /// Of an issuer in paths; a slash at its end makes no other issuer.
  static String key(String issuer) {
    String text = issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
    return TokenHash.of(text).hex().substring(0, KEY);
  }
}
