package dev.sallyport.connections.clients;

import dev.sallyport.problem.FieldErrors;
import java.net.URI;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What must hold of a client before it is written.
final class ClientCheck {
  private static final Set<String> AUTHENTICATIONS = Set.of("basic", "post", "none");
  // RFC 6749 appendix A.1 and A.2: printable ASCII.
  private static final String PRINTABLE = "[\\x20-\\x7e]{1,2048}";

  /// The checked members; `secret` as it was given.
  record Checked(String issuer, String clientId, @Nullable String secret, String authentication) {}

  private ClientCheck() {}

  /// @param keepsSecret whether a secret is stored that a left out one keeps
  static Checked check(ClientInput input, boolean keepsSecret) {
    String issuer = text(input.issuer());
    String clientId = text(input.clientId());
    String secret = "".equals(input.clientSecret()) ? null : input.clientSecret();
    String method = method(input);
    var errors = new FieldErrors();
    errors.addIf(
        !isIssuer(issuer), "issuer", "must be the https URL of the authorization server's issuer.");
    errors.addIf(
        !clientId.matches(PRINTABLE),
        "clientId",
        "must be the id that the server gave the client.");
    errors.addIf(
        !AUTHENTICATIONS.contains(method), "authentication", "must be basic, post or none.");
    errors.addIf(
        method.equals("none") ? secret != null : secret == null && !keepsSecret,
        "clientSecret",
        "must be the client's secret, and left out if authentication is none.");
    errors.addIf(
        secret != null && !secret.matches(PRINTABLE),
        "clientSecret",
        "must have at most 2,048 printable ASCII characters.");
    errors.throwIfAny();
    return new Checked(issuer, clientId, secret, method);
  }

  private static String method(ClientInput input) {
    String given = text(input.authentication());
    return given.isEmpty() ? "basic" : given;
  }

  private static String text(@Nullable String value) {
    return value == null ? "" : value.strip();
  }

  // Plain http is for the setting that names a host; whoever fetches decides.
  private static boolean isIssuer(String text) {
    try {
      URI url = URI.create(text);
      boolean isWeb = "https".equals(url.getScheme()) || "http".equals(url.getScheme());
      return isWeb
          && url.getHost() != null
          && url.getRawUserInfo() == null
          && url.getRawQuery() == null
          && url.getRawFragment() == null;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
