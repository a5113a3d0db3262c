package dev.sallyport.testing.demo;

import dev.sallyport.crypto.Secret;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.form.FormData;
import io.undertow.server.handlers.form.FormDataParser;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The password grant of RFC 6749 section 4.3 for public clients: outdated for real sign-ins, and
/// the one grant that a demo script can use without a browser.
final class TokenEndpoint implements HttpHandler {
  private final DemoIssuer issuer;

  TokenEndpoint(DemoIssuer issuer) {
    this.issuer = issuer;
  }

  @Override
  public void handleRequest(HttpServerExchange exchange) {
    FormData form = exchange.getAttachment(FormDataParser.FORM_DATA);
    answer(form == null ? new FormData(0) : form).send(exchange);
  }

  private JsonReply answer(FormData form) {
    if (!DemoIssuer.CLIENTS.contains(parameter(form, "client_id"))) {
      return refusal(401, "invalid_client");
    }
    String grantType = parameter(form, "grant_type");
    if (grantType.isEmpty()) {
      return refusal(400, "invalid_request");
    }
    if (!grantType.equals("password")) {
      return refusal(400, "unsupported_grant_type");
    }
    if (!parameters(form, "resource").stream().allMatch(TokenEndpoint::isResource)) {
      return refusal(400, "invalid_target");
    }
    return signIn(form)
        .map(user -> grant(user, form))
        .orElseGet(() -> refusal(400, "invalid_grant"));
  }

  private Optional<DemoUser> signIn(FormData form) {
    Secret password = new Secret(parameter(form, "password"));
    return issuer.users().stream()
        .filter(user -> user.name().equals(parameter(form, "username")))
        .filter(user -> user.password().equals(password))
        .findFirst();
  }

  private JsonReply grant(DemoUser user, FormData form) {
    String client = parameter(form, "client_id");
    String asked = parameter(form, "scope");
    String scope = asked.isEmpty() ? DemoIssuer.DEFAULT_SCOPE : asked;
    TokenBuilder token =
        issuer.tokenFor(user).claim("azp", client).claim("client_id", client).claim("scope", scope);
    List<String> targets = targets(form);
    if (!targets.isEmpty()) {
      token.audience(targets.toArray(String[]::new));
    }
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("access_token", token.sign());
    body.put("token_type", "Bearer");
    body.put("expires_in", DemoIssuer.TOKEN_LIFETIME.toSeconds());
    body.put("scope", scope);
    return JsonReply.ok(body);
  }

  /// What the token shall be for: `resource` of RFC 8707, or the `audience` that some providers
  /// take.
  private static List<String> targets(FormData form) {
    List<String> targets = new ArrayList<>(parameters(form, "resource"));
    targets.addAll(parameters(form, "audience"));
    return targets;
  }

  // RFC 8707 section 2: an absolute URI without a fragment.
  private static boolean isResource(String value) {
    try {
      URI uri = new URI(value);
      return uri.isAbsolute() && uri.getRawFragment() == null;
    } catch (URISyntaxException e) {
      return false;
    }
  }

  private static String parameter(FormData form, String name) {
    List<String> values = parameters(form, name);
    return values.isEmpty() ? "" : values.getFirst();
  }

  private static List<String> parameters(FormData form, String name) {
    Deque<FormData.FormValue> values = form.get(name);
    return values == null ? List.of() : values.stream().map(FormData.FormValue::getValue).toList();
  }

  private static JsonReply refusal(int status, String error) {
    return new JsonReply(status, Map.of("error", error));
  }
}
