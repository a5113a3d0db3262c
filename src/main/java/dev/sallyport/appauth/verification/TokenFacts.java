package dev.sallyport.appauth.verification;

import dev.sallyport.jose.Claims;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What providers say under several names.
final class TokenFacts {
  private static final List<String> CLIENT = List.of("azp", "client_id", "cid", "appid");

  private TokenFacts() {}

  static @Nullable String client(Claims claims, OwnIssuers own) {
    if (own.assertions().equals(claims.string("iss"))) {
      return claims.string("client");
    }
    return CLIENT.stream()
        .filter(name -> claims.string(name) != null)
        .findFirst()
        .map(claims::string)
        .orElse(null);
  }

  /// An address that the provider calls unverified is nobody's.
  static @Nullable String email(Claims claims) {
    return claims.isFalse("email_verified") ? null : claims.string("email");
  }

  /// RFC 8693 section 4.2 has one string; Entra and Okta say `scp`, as string or list.
  static List<String> scopes(Claims claims) {
    List<String> scopes = claims.stringList(claims.present("scope") ? "scope" : "scp");
    return scopes.stream()
        .flatMap(text -> List.of(text.split(" ")).stream())
        .filter(scope -> !scope.isEmpty())
        .distinct()
        .toList();
  }
}
