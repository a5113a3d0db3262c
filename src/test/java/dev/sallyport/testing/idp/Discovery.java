package dev.sallyport.testing.idp;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The metadata of RFC 8414 section 2 and of the OpenID Connect specifications.
final class Discovery {
  private Discovery() {}

  static Map<String, Object> of(DemoIssuer issuer) {
    String base = issuer.issuer();
    Map<String, Object> metadata = new LinkedHashMap<>();
    metadata.put("issuer", base);
    metadata.put("authorization_endpoint", issuer.authorizationEndpoint());
    metadata.put("token_endpoint", issuer.tokenEndpoint());
    metadata.put("userinfo_endpoint", base + "/userinfo");
    metadata.put("end_session_endpoint", base + "/logout");
    metadata.put("jwks_uri", issuer.jwksUri());
    metadata.put("response_types_supported", List.of("code"));
    metadata.put("response_modes_supported", List.of("query"));
    metadata.put("grant_types_supported", List.of("authorization_code", "password"));
    metadata.put("subject_types_supported", List.of("public"));
    metadata.put("id_token_signing_alg_values_supported", List.of("RS256"));
    metadata.put(
        "token_endpoint_auth_methods_supported",
        List.of("client_secret_basic", "client_secret_post", "none"));
    metadata.put("code_challenge_methods_supported", List.of("S256"));
    metadata.put("authorization_response_iss_parameter_supported", true);
    metadata.put("backchannel_logout_supported", true);
    metadata.put("backchannel_logout_session_supported", true);
    metadata.put("request_parameter_supported", false);
    metadata.put("request_uri_parameter_supported", false);
    metadata.put("scopes_supported", Tokens.scopes());
    metadata.put(
        "claims_supported",
        List.of(
            "iss",
            "sub",
            "aud",
            "exp",
            "iat",
            "auth_time",
            "nonce",
            "at_hash",
            "azp",
            "sid",
            "name",
            "preferred_username",
            "email",
            "email_verified",
            "groups"));
    return metadata;
  }
}
