package dev.sallyport.testing.idp;

import com.nimbusds.jwt.JWTClaimsSet;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Methods;
import java.util.Map;
import java.util.Optional;

/// OpenID Connect RP-Initiated Logout 1.0. There is no cookie here, so without a hint there is
/// nothing to end.
final class LogoutEndpoint implements HttpHandler {
  private final DemoIssuer issuer;
  private final BackChannel backChannel;

  LogoutEndpoint(DemoIssuer issuer, BackChannel backChannel) {
    this.issuer = issuer;
    this.backChannel = backChannel;
  }

  @Override
  public void handleRequest(HttpServerExchange exchange) {
    boolean isPost = exchange.getRequestMethod().equals(Methods.POST);
    Form form = isPost ? Form.ofBody(exchange) : Form.ofQuery(exchange);
    Optional<JWTClaimsSet> hint = issuer.tokens().verified(form.first("id_token_hint"));
    if (hint.isEmpty() && form.has("id_token_hint")) {
      Page.error(400, "The id_token_hint is not a token of this provider.").send(exchange);
      return;
    }
    hint.ifPresent(this::end);
    Optional<String> target = hint.flatMap(claims -> target(claims, form));
    target.ifPresentOrElse(
        uri -> Redirect.to(exchange, uri, state(form)), () -> Page.signedOut().send(exchange));
  }

  private void end(JWTClaimsSet hint) {
    String sid = String.valueOf(hint.getClaim("sid"));
    if (issuer.sessions().end(sid)) {
      backChannel.tell(hint.getSubject(), Optional.of(sid));
    }
  }

  private Optional<String> target(JWTClaimsSet hint, Form form) {
    String wanted = form.first("post_logout_redirect_uri");
    return issuer
        .clients()
        .find(hint.getAudience().getFirst())
        .filter(client -> client.mayReturnTo(wanted))
        .map(client -> wanted);
  }

  private static Map<String, String> state(Form form) {
    return form.has("state") ? Map.of("state", form.first("state")) : Map.of();
  }
}
