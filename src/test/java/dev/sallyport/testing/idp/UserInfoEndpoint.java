package dev.sallyport.testing.idp;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.sallyport.testing.loopback.JsonReply;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import java.util.Map;
import java.util.Optional;

/// OpenID Connect Core 1.0 section 5.3, as long as the token and its session live.
final class UserInfoEndpoint implements HttpHandler {
  private static final String BEARER = "Bearer ";

  private final DemoIssuer issuer;

  UserInfoEndpoint(DemoIssuer issuer) {
    this.issuer = issuer;
  }

  @Override
  public void handleRequest(HttpServerExchange exchange) {
    person(exchange)
        .ifPresentOrElse(user -> JsonReply.ok(claims(user)).send(exchange), () -> refuse(exchange));
  }

  private static Map<String, Object> claims(DemoUser user) {
    Map<String, Object> claims = Tokens.about(user);
    claims.put("name", user.displayName());
    return claims;
  }

  private Optional<DemoUser> person(HttpServerExchange exchange) {
    return Optional.ofNullable(exchange.getRequestHeaders().getFirst(Headers.AUTHORIZATION))
        .filter(header -> header.startsWith(BEARER))
        .flatMap(header -> issuer.tokens().verified(header.substring(BEARER.length())))
        .filter(claims -> claims.getExpirationTime().toInstant().isAfter(issuer.tokens().now()))
        .flatMap(this::person);
  }

  private Optional<DemoUser> person(JWTClaimsSet claims) {
    return issuer
        .sessions()
        .find(String.valueOf(claims.getClaim("sid")))
        .flatMap(session -> issuer.people().find(session.person()));
  }

  private static void refuse(HttpServerExchange exchange) {
    exchange.getResponseHeaders().put(Headers.WWW_AUTHENTICATE, "Bearer error=\"invalid_token\"");
    new JsonReply(401, Map.of("error", "invalid_token")).send(exchange);
  }
}
