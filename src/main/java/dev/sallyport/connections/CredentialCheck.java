package dev.sallyport.connections;

import dev.sallyport.problem.FieldErrors;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What must hold of a credential before it is written.
final class CredentialCheck {
  private static final Set<String> AUTHENTICATIONS = Set.of("basic", "post", "none");
  // RFC 9110 section 5.1; and those that the gateway or HTTP itself must own.
  private static final String TOKEN = "[A-Za-z0-9!#$%&'*+.^_`|~-]{1,64}";
  private static final Set<String> TAKEN =
      Set.of(
          "host",
          "connection",
          "content-length",
          "transfer-encoding",
          "te",
          "trailer",
          "upgrade",
          "expect",
          "cookie",
          "mcp-session-id",
          "sallyport-jwt-assertion",
          "x-real-ip");
  // OpenID Connect Core section 5.4, and what groups usually come by.
  private static final List<String> STANDARD_SCOPES =
      List.of("openid", "profile", "email", "groups");

  private static final Pattern TOKEN_TYPE =
      Pattern.compile("[a-z][a-z0-9+.-]*:[A-Za-z0-9:._/#?=-]{1,200}");

  private final UpstreamCredentialInput input;
  private final String origin;
  private final boolean keepsSecret;
  private final FieldErrors errors = new FieldErrors();

  /// @param origin the app's
  /// @param keepsSecret whether a secret is stored that a left out one keeps
  CredentialCheck(UpstreamCredentialInput input, String origin, boolean keepsSecret) {
    this.input = input;
    this.origin = origin;
    this.keepsSecret = keepsSecret;
  }

  CredentialKind kind() {
    CredentialKind kind =
        CredentialKind.ofCode(Objects.requireNonNullElse(input.kind(), "")).orElse(null);
    if (kind == null) {
      errors.add("kind", "must be one of " + String.join(", ", CredentialKind.codes()) + ".");
      errors.throwIfAny();
    }
    return Objects.requireNonNull(kind);
  }

  CredentialSettings settings(CredentialKind kind) {
    if (kind == CredentialKind.STATIC) {
      checkStatic();
    }
    if (kind.asksTokenEndpoint()) {
      checkEndpoint(kind);
    }
    errors.throwIfAny();
    boolean asks = kind.asksTokenEndpoint();
    boolean exchanges = kind == CredentialKind.EXCHANGE;
    return new CredentialSettings(
        kind == CredentialKind.STATIC ? header() : null,
        asks ? input.tokenEndpoint() : null,
        exchanges ? expectedIssuer() : null,
        exchanges ? text(input.connectorId()) : null,
        asks ? input.clientId() : null,
        asks ? authentication() : null,
        asks ? scopes(exchanges) : List.of(),
        asks ? text(input.audience()) : null,
        asks ? text(input.resource()) : null,
        exchanges ? text(input.subjectTokenType()) : null,
        exchanges ? text(input.requestedTokenType()) : null,
        Objects.requireNonNullElse(input.allowPlainHttp(), false),
        kind.isPortable() ? origin : null,
        kind == CredentialKind.CONNECTION ? ConnectionCheck.settings(input, errors) : null);
  }

  private void checkStatic() {
    String name = header().toLowerCase(Locale.ROOT);
    errors.addIf(!header().matches(TOKEN), "header", "must be the name of a header.");
    errors.addIf(
        TAKEN.contains(name) || name.startsWith("x-forwarded-"),
        "header",
        "is one that the gateway sets itself.");
    String value = input.value();
    errors.addIf(value == null && !keepsSecret, "value", "must be the header's value.");
    errors.addIf(
        value != null && !value.matches("[\\x21-\\x7e]([\\x20-\\x7e]{0,8190}[\\x21-\\x7e])?"),
        "value",
        "must have 1 to 8192 printable ASCII characters.");
  }

  private void checkEndpoint(CredentialKind kind) {
    errors.addIf(
        !isUrl(input.tokenEndpoint()), "tokenEndpoint", "must be the https URL of an endpoint.");
    errors.addIf(text(input.clientId()) == null, "clientId", "must be this gateway's client id.");
    errors.addIf(
        !AUTHENTICATIONS.contains(authentication()),
        "clientAuthentication",
        "must be basic, post or none.");
    boolean needsSecret = !"none".equals(authentication());
    errors.addIf(
        needsSecret && text(input.clientSecret()) == null && !keepsSecret,
        "clientSecret",
        "must be the client's secret, unless clientAuthentication is none.");
    errors.addIf(
        input.resource() != null && !isUrl(input.resource()), "resource", "must be a URL.");
    boolean isOdd =
        input.scopes() != null
            && input.scopes().stream().anyMatch(s -> s == null || !s.matches("[!#-\\[\\]-~]+"));
    errors.addIf(isOdd, "scopes", "must be scopes without blanks (RFC 6749 section 3.3).");
    checkType(input.subjectTokenType(), "subjectTokenType");
    checkType(input.requestedTokenType(), "requestedTokenType");
    errors.addIf(
        kind == CredentialKind.EXCHANGE
            && input.expectedIssuer() != null
            && !isUrl(input.expectedIssuer()),
        "expectedIssuer",
        "must be the URL of an issuer.");
  }

  // RFC 8693 section 3: a URI, of which the common ones are registered.
  private void checkType(@Nullable String type, String field) {
    String given = text(type);
    errors.addIf(
        given != null && !TOKEN_TYPE.matcher(given).matches(),
        field,
        "must be a token type such as urn:ietf:params:oauth:token-type:access_token.");
  }

  private String header() {
    return Objects.requireNonNullElse(text(input.header()), "Authorization");
  }

  private String authentication() {
    return Objects.requireNonNullElse(text(input.clientAuthentication()), "basic");
  }

  private List<String> scopes(boolean exchanges) {
    List<String> given = input.scopes();
    if (given == null || given.isEmpty()) {
      return exchanges ? STANDARD_SCOPES : List.of();
    }
    return List.copyOf(given);
  }

  private String expectedIssuer() {
    String given = text(input.expectedIssuer());
    return given != null
        ? given
        : IssuedToken.usualIssuer(Objects.requireNonNull(input.tokenEndpoint()));
  }

  private static @Nullable String text(@Nullable String value) {
    return value == null || value.isBlank() ? null : value.strip();
  }

  // Plain http is for the setting that names a host, as for every fetch; the guard decides there.
  static boolean isUrl(@Nullable String text) {
    try {
      URI url = URI.create(Objects.requireNonNullElse(text, ""));
      boolean isWeb = "https".equals(url.getScheme()) || "http".equals(url.getScheme());
      return isWeb
          && url.getHost() != null
          && url.getRawUserInfo() == null
          && url.getRawFragment() == null;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
