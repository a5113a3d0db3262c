package dev.sallyport.testing.idp;

import dev.sallyport.crypto.Secret;
import dev.sallyport.testing.loopback.JsonReply;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import java.util.Map;
import java.util.Optional;

/// What the provider's own admin does, over HTTP: ends a person's sessions, changes people, rotates
/// the key. It takes the operator's token, because other users of the machine reach it too.
final class OperatorEndpoint implements HttpHandler {
  private static final String BEARER = "Bearer ";

  private final DemoIssuer issuer;

  OperatorEndpoint(DemoIssuer issuer) {
    this.issuer = issuer;
  }

  @Override
  public void handleRequest(HttpServerExchange exchange) {
    if (!isOperator(exchange)) {
      new JsonReply(403, Map.of("error", "access_denied")).send(exchange);
      return;
    }
    Form form = Form.ofBody(exchange);
    JsonReply reply =
        switch (exchange.getRequestPath()) {
          case "/sessions/end" -> endSessions(form);
          case "/users" -> putUser(form);
          default -> JsonReply.ok(Map.of("kid", issuer.rotateKey()));
        };
    reply.send(exchange);
  }

  private boolean isOperator(HttpServerExchange exchange) {
    String header = exchange.getRequestHeaders().getFirst(Headers.AUTHORIZATION);
    return header != null
        && header.startsWith(BEARER)
        && new Secret(header.substring(BEARER.length())).equals(issuer.operatorToken());
  }

  /// Of `user` all, or the one with this `sid`.
  private JsonReply endSessions(Form form) {
    Optional<String> sid = Optional.of(form.first("sid")).filter(id -> !id.isEmpty());
    return issuer
        .people()
        .find(form.first("user"))
        .map(user -> JsonReply.ok(Map.of("notified", issuer.endSessions(user, sid))))
        .orElseGet(() -> new JsonReply(404, Map.of("error", "unknown_user")));
  }

  /// `user`, each of their `group`s, and for somebody new a `password`.
  private JsonReply putUser(Form form) {
    String name = form.first("user");
    Optional<Secret> known = issuer.people().find(name).map(DemoUser::password);
    Secret password = known.orElseGet(() -> new Secret(form.first("password")));
    if (name.isBlank() || password.reveal().isEmpty()) {
      return new JsonReply(400, Map.of("error", "invalid_request"));
    }
    DemoUser user = new DemoUser(name, password, name + "@demo.test", form.all("group"));
    issuer.putUser(user);
    return JsonReply.ok(Map.of("sub", user.subject(), "email", user.email()));
  }
}
