package dev.sallyport.consolesessions;

import dev.sallyport.api.CookieProof;
import dev.sallyport.crypto.TokenHash;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;

/// A page of this site can read the session's token from its cookie and send it back in a header;
/// another site can do neither.
@ApplicationScoped
public class CsrfCheck implements CookieProof {
  static final String HEADER = "X-CSRF-Token";
  private static final int MAX_LENGTH = 200;

  @Inject SessionStore store;

  @Override
  public boolean isProven(HttpServletRequest request, String sessionId) {
    String token = request.getHeader(HEADER);
    if (token == null || token.isBlank() || token.length() > MAX_LENGTH) {
      return false;
    }
    return store.csrfHash(sessionId).map(TokenHash.of(token)::isSame).orElse(false);
  }
}
