package dev.sallyport.connections;

import dev.sallyport.apps.AppDetails;
import dev.sallyport.connections.remote.ConnectionScopes;
import dev.sallyport.connections.remote.ConnectionSettings;
import dev.sallyport.problem.FieldErrors;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What must hold of the settings of a connection before they are used.
final class ConnectionCheck {
  // What each authorization request says already (RFC 6749, 7636, 8707, 9101; OpenID Connect).
  private static final Set<String> OWN =
      Set.of(
          "response_type",
          "response_mode",
          "client_id",
          "client_secret",
          "redirect_uri",
          "scope",
          "state",
          "nonce",
          "code",
          "code_challenge",
          "code_challenge_method",
          "code_verifier",
          "resource",
          "request",
          "request_uri",
          "iss");
  private static final int MOST = 20;

  private ConnectionCheck() {}

  static ConnectionSettings settings(UpstreamCredentialInput input, FieldErrors errors) {
    String issuer = text(input.authorizationServer());
    String resource = text(input.resource());
    List<String> scopes = Objects.requireNonNullElse(input.scopes(), List.of());
    errors.addIf(
        issuer != null && !isIssuer(issuer),
        "authorizationServer",
        "must be the URL of an issuer, without query and fragment.");
    errors.addIf(
        resource != null && !CredentialCheck.isUrl(resource), "resource", "must be a URL.");
    boolean isOdd = scopes.stream().anyMatch(s -> s == null || !ConnectionScopes.isScope(s));
    errors.addIf(isOdd, "scopes", "must be scopes without blanks (RFC 6749 section 3.3).");
    errors.addIf(scopes.size() > 100, "scopes", "must be at most 100.");
    Map<String, String> parameters =
        Objects.requireNonNullElse(input.authorizeParameters(), Map.of());
    errors.addIf(parameters.size() > MOST, "authorizeParameters", "must be at most 20.");
    parameters.forEach((name, value) -> check(name, value, errors));
    errors.throwIfAny();
    return new ConnectionSettings(
        issuer,
        List.copyOf(scopes),
        Map.copyOf(parameters),
        resource,
        Objects.requireNonNullElse(input.perSession(), false),
        Objects.requireNonNullElse(input.shareGrant(), false));
  }

  static void requireFit(AppDetails app, @Nullable ConnectionSettings settings) {
    var errors = new FieldErrors();
    URI url = URI.create(app.uri().replaceFirst("^mcp\\+", ""));
    errors.addIf(
        settings != null && !settings.fits(url),
        "resource",
        "must be " + url + " or a path above it: a token for another server is none for this one.");
    errors.throwIfAny();
  }

  private static void check(String name, @Nullable String value, FieldErrors errors) {
    String field = "authorizeParameters." + name;
    errors.addIf(
        OWN.contains(name), field, "is a parameter of the protocol, which Sallyport sets itself.");
    errors.addIf(
        !name.matches("[A-Za-z0-9_.-]{1,64}"),
        field,
        "must have a name of letters, digits and _.-.");
    errors.addIf(
        value == null || !value.matches("[\\x20-\\x7e]{1,512}"),
        field,
        "must have a value of at most 512 printable ASCII characters.");
    // Only the flow itself can know when nobody shall be asked anything.
    errors.addIf(
        name.equals("prompt") && "none".equals(value),
        field,
        "can't be none: people must sign in.");
  }

  private static boolean isIssuer(String text) {
    return CredentialCheck.isUrl(text) && URI.create(text).getRawQuery() == null;
  }

  private static @Nullable String text(@Nullable String value) {
    return value == null || value.isBlank() ? null : value.strip();
  }
}
