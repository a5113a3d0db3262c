package dev.sallyport.testing.idp;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Methods;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// The code flow's first half: GET shows the page, and its form is sent to the same address.
final class AuthorizationEndpoint implements HttpHandler {
  private final DemoIssuer issuer;

  AuthorizationEndpoint(DemoIssuer issuer) {
    this.issuer = issuer;
  }

  @Override
  public void handleRequest(HttpServerExchange exchange) {
    Form query = Form.ofQuery(exchange);
    AuthorizationRequest request = AuthorizationRequest.of(query);
    Optional<IdpClient> client = issuer.clients().find(request.client());
    if (client.isEmpty()) {
      Page.error(400, "There is no client " + request.client() + " here.").send(exchange);
    } else if (!client.get().redirectUris().contains(request.redirectUri())) {
      // RFC 6749 section 3.1.2.4: never redirect to what is not registered.
      Page.error(400, "The client's redirect URI is not registered.").send(exchange);
    } else {
      AuthorizationRequest.fault(query)
          .ifPresentOrElse(
              error -> back(exchange, request, "error", error), () -> serve(exchange, request));
    }
  }

  private void serve(HttpServerExchange exchange, AuthorizationRequest request) {
    Form form = Form.ofBody(exchange);
    if (!exchange.getRequestMethod().equals(Methods.POST)) {
      Page.signIn(200, request.client(), issuer.users()).send(exchange);
    } else if (!isFromOurPage(exchange)) {
      Page.error(403, "That form came from another site.").send(exchange);
    } else if (form.has("cancel")) {
      back(exchange, request, "error", "access_denied");
    } else {
      issuer
          .people()
          .signIn(form)
          .ifPresentOrElse(
              user -> back(exchange, request, "code", code(request, user)),
              () -> Page.signIn(401, request.client(), issuer.users()).send(exchange));
    }
  }

  private boolean isFromOurPage(HttpServerExchange exchange) {
    String origin = exchange.getRequestHeaders().getFirst("Origin");
    return origin == null || origin.equals(issuer.issuer());
  }

  private String code(AuthorizationRequest request, DemoUser user) {
    IdpSession session =
        issuer.sessions().open(user.name(), request.client(), issuer.tokens().now());
    return issuer.codes().issue(request, session);
  }

  // RFC 9207: `iss` stands beside a code and beside an error.
  private void back(
      HttpServerExchange exchange, AuthorizationRequest request, String name, String value) {
    Map<String, String> answer = new LinkedHashMap<>();
    answer.put(name, value);
    if (!request.state().isEmpty()) {
      answer.put("state", request.state());
    }
    answer.put("iss", issuer.issuer());
    Redirect.to(exchange, request.redirectUri(), answer);
  }
}
