package dev.sallyport.testing.idp;

import dev.sallyport.testing.loopback.JsonReply;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// RFC 6749 section 3.2, for codes and for passwords.
final class TokenEndpoint implements HttpHandler {
  private final DemoIssuer issuer;
  private final PasswordGrant passwords;

  TokenEndpoint(DemoIssuer issuer) {
    this.issuer = issuer;
    this.passwords = new PasswordGrant(issuer);
  }

  @Override
  public void handleRequest(HttpServerExchange exchange) {
    Form form = Form.ofBody(exchange);
    JsonReply reply =
        issuer
            .clients()
            .authenticate(exchange, form)
            .map(client -> answer(client, form))
            .orElseGet(() -> refusal(401, "invalid_client"));
    if (reply.status() == 401 && exchange.getRequestHeaders().contains(Headers.AUTHORIZATION)) {
      exchange.getResponseHeaders().put(Headers.WWW_AUTHENTICATE, "Basic");
    }
    reply.send(exchange);
  }

  private JsonReply answer(IdpClient client, Form form) {
    return switch (form.first("grant_type")) {
      case "" -> refusal(400, "invalid_request");
      case "password" -> passwords.answer(client, form);
      case "authorization_code" ->
          issuer
              .codes()
              .redeem(form.first("code"))
              .filter(grant -> isRightful(grant.request(), client, form))
              .flatMap(this::tokens)
              .orElseGet(() -> refusal(400, "invalid_grant"));
      default -> refusal(400, "unsupported_grant_type");
    };
  }

  private static boolean isRightful(AuthorizationRequest request, IdpClient client, Form form) {
    return request.client().equals(client.id())
        && request.redirectUri().equals(form.first("redirect_uri"))
        && request.isProvenBy(form.first("code_verifier"));
  }

  private Optional<JsonReply> tokens(Codes.Grant grant) {
    IdpSession session = grant.session();
    return issuer.people().find(session.person()).map(user -> tokens(grant, user));
  }

  private JsonReply tokens(Codes.Grant grant, DemoUser user) {
    AuthorizationRequest request = grant.request();
    String access =
        issuer.tokens().access(user, grant.session()).claim("scope", request.scope()).sign();
    TokenBuilder identity = issuer.tokens().identity(user, grant.session(), access);
    if (!request.nonce().isEmpty()) {
      identity.claim("nonce", request.nonce());
    }
    Map<String, Object> body = body(access, request.scope());
    body.put("id_token", identity.sign());
    return JsonReply.ok(body);
  }

  static Map<String, Object> body(String accessToken, String scope) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("access_token", accessToken);
    body.put("token_type", "Bearer");
    body.put("expires_in", Tokens.LIFETIME.toSeconds());
    body.put("scope", scope);
    return body;
  }

  static JsonReply refusal(int status, String error) {
    return new JsonReply(status, Map.of("error", error));
  }
}
