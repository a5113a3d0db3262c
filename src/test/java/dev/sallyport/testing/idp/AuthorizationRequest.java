package dev.sallyport.testing.idp;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// What a client asks of the authorization endpoint.
record AuthorizationRequest(
    String client, String redirectUri, String scope, String state, String nonce, String challenge) {
  private static final Pattern S256 = Pattern.compile("[A-Za-z0-9_-]{43}");
  private static final List<String> SINGLE =
      List.of("client_id", "redirect_uri", "response_type", "scope", "state", "nonce");

  static AuthorizationRequest of(Form form) {
    return new AuthorizationRequest(
        form.first("client_id"),
        form.first("redirect_uri"),
        form.first("scope"),
        form.first("state"),
        form.first("nonce"),
        form.first("code_challenge"));
  }

  /// The error code for what is wrong with it, in the order of RFC 6749 section 4.1.2.1 and OpenID
  /// Connect Core 1.0 section 3.1.2.6.
  static Optional<String> fault(Form form) {
    if (SINGLE.stream().anyMatch(name -> form.all(name).size() > 1)) {
      return Optional.of("invalid_request");
    }
    if (form.has("request")) {
      return Optional.of("request_not_supported");
    }
    if (form.has("request_uri")) {
      return Optional.of("request_uri_not_supported");
    }
    if (!form.first("response_type").equals("code")) {
      return Optional.of("unsupported_response_type");
    }
    return faultOfValues(form);
  }

  private static Optional<String> faultOfValues(Form form) {
    if (!Arrays.asList(form.first("scope").split(" ")).contains("openid")) {
      return Optional.of("invalid_scope");
    }
    boolean isQuery = List.of("", "query").contains(form.first("response_mode"));
    boolean isS256 = form.first("code_challenge_method").equals("S256");
    if (!isQuery || !isS256 || !S256.matcher(form.first("code_challenge")).matches()) {
      return Optional.of("invalid_request");
    }
    // Nobody is ever signed in already.
    return form.first("prompt").equals("none") ? Optional.of("login_required") : Optional.empty();
  }

  /// RFC 7636 section 4.6.
  boolean isProvenBy(String verifier) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(hash).equals(challenge);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
