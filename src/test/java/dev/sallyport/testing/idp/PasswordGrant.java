package dev.sallyport.testing.idp;

import dev.sallyport.testing.loopback.JsonReply;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;

/// The password grant of RFC 6749 section 4.3 for public clients: outdated for real sign-ins, and
/// the one grant that a demo script can use without a browser.
final class PasswordGrant {
  private final DemoIssuer issuer;

  PasswordGrant(DemoIssuer issuer) {
    this.issuer = issuer;
  }

  JsonReply answer(IdpClient client, Form form) {
    if (client.secret().isPresent()) {
      return TokenEndpoint.refusal(400, "unauthorized_client");
    }
    if (!form.all("resource").stream().allMatch(PasswordGrant::isResource)) {
      return TokenEndpoint.refusal(400, "invalid_target");
    }
    return issuer
        .people()
        .signIn(form)
        .map(user -> grant(client, user, form))
        .orElseGet(() -> TokenEndpoint.refusal(400, "invalid_grant"));
  }

  private JsonReply grant(IdpClient client, DemoUser user, Form form) {
    String asked = form.first("scope");
    String scope = asked.isEmpty() ? Tokens.DEFAULT_SCOPE : asked;
    IdpSession session = issuer.sessions().open(user.name(), client.id(), issuer.tokens().now());
    TokenBuilder token = issuer.tokens().access(user, session).claim("scope", scope);
    List<String> targets = targets(form);
    if (!targets.isEmpty()) {
      token.audience(targets.toArray(String[]::new));
    }
    return JsonReply.ok(TokenEndpoint.body(token.sign(), scope));
  }

  /// What the token shall be for: `resource` of RFC 8707, or the `audience` that some providers
  /// take.
  private static List<String> targets(Form form) {
    List<String> targets = new ArrayList<>(form.all("resource"));
    targets.addAll(form.all("audience"));
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
}
