package dev.sallyport.connections.grants;

import dev.sallyport.connections.clients.OAuthClient;
import dev.sallyport.connections.remote.AuthorizationServer;
import dev.sallyport.crypto.Secret;
import dev.sallyport.http.FetchRequest;
import dev.sallyport.http.FetchResult;
import dev.sallyport.http.OutboundException;
import dev.sallyport.http.OutboundHttp;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;

/// The calls to authorization servers that carry or fetch tokens. Expected outcomes are values;
/// nothing that the other side wrote but an error code reaches anybody.
@ApplicationScoped
public class TokenCalls {
  // Two of them, with the lock of a grant, must end before the database gives up waiting.
  private static final Duration PATIENCE = Duration.ofSeconds(8);
  private static final int MAX_BYTES = 256 * 1024;

  @Inject OutboundHttp http;

  /// Trades an authorization code for tokens (RFC 6749 section 4.1.3, RFC 7636 section 4.5).
  public TokenAnswer exchange(
      AuthorizationServer server, OAuthClient client, CodeExchange exchange) {
    return ask(
        TokenMessages.token(
            server.tokenEndpoint(), client, TokenMessages.grant(exchange), exchange.resource()));
  }

  /// Trades a refresh token for new tokens, of the same scopes (RFC 6749 section 6).
  TokenAnswer refresh(
      AuthorizationServer server, OAuthClient client, Secret refreshToken, String resource) {
    return ask(
        TokenMessages.token(
            server.tokenEndpoint(), client, TokenMessages.grant(refreshToken), resource));
  }

  private TokenAnswer ask(FetchRequest request) {
    try {
      FetchResult result = http.fetch(request.within(PATIENCE).maxBytes(MAX_BYTES));
      return TokenMessages.read(result);
    } catch (OutboundException e) {
      return new TokenAnswer.Unreachable(String.valueOf(e.getMessage()), loss(e.reason()));
    }
  }

  private static TokenAnswer.Loss loss(OutboundException.Reason reason) {
    return switch (reason) {
      case BAD_URL, NOT_HTTPS, REFUSED_ADDRESS, DNS, CONNECT, TLS -> TokenAnswer.Loss.NEVER_SENT;
      case IO -> TokenAnswer.Loss.BROKEN_OFF;
      case TIMEOUT, TOO_LARGE, REDIRECTS -> TokenAnswer.Loss.NO_ANSWER;
    };
  }

  /// How an authorization server answered the wish to revoke a token.
  enum Revocation {
    DONE,
    /// It has no revocation endpoint.
    NOT_OFFERED,
    REFUSED,
    UNREACHABLE;

    String code() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /// Revokes a token (RFC 7009).
  Revocation revoke(AuthorizationServer server, OAuthClient client, Secret token, boolean refresh) {
    URI endpoint = server.revocationEndpoint();
    if (endpoint == null) {
      return Revocation.NOT_OFFERED;
    }
    try {
      FetchRequest request = TokenMessages.revocation(endpoint, client, token, refresh);
      int status = http.fetch(request.within(PATIENCE).maxBytes(MAX_BYTES)).status();
      // Section 2.2: also for tokens that the server does not know; section 2.2.1 for 503.
      return status / 100 == 2
          ? Revocation.DONE
          : status >= 500 || status == 429 ? Revocation.UNREACHABLE : Revocation.REFUSED;
    } catch (OutboundException e) {
      return Revocation.UNREACHABLE;
    }
  }
}
