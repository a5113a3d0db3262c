package dev.sallyport.connections.grants;

import com.nimbusds.oauth2.sdk.AccessTokenResponse;
import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.AuthorizationGrant;
import com.nimbusds.oauth2.sdk.ErrorObject;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.RefreshTokenGrant;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenRevocationRequest;
import com.nimbusds.oauth2.sdk.auth.ClientAuthentication;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.ClientSecretPost;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.oauth2.sdk.token.AccessToken;
import com.nimbusds.oauth2.sdk.token.BearerAccessToken;
import com.nimbusds.oauth2.sdk.token.RefreshToken;
import com.nimbusds.oauth2.sdk.token.Token;
import com.nimbusds.oauth2.sdk.util.JSONObjectUtils;
import dev.sallyport.connections.clients.OAuthClient;
import dev.sallyport.crypto.Secret;
import dev.sallyport.http.FetchRequest;
import dev.sallyport.http.FetchResult;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Writes the requests to token endpoints and reads what they answer.
public final class TokenMessages {
  // RFC 6749 appendix A.7; what else stands there is not shown to anybody.
  private static final String PLAIN_CODE = "[a-zA-Z0-9_.-]{1,60}";

  // RFC 6749 section 5.2; the second is GitHub's word for the first. The other errors are about our
  // client or this request, and an admin can mend them: they say nothing against the grant.
  private static final Set<String> FINAL = Set.of("invalid_grant", "bad_refresh_token");

  private TokenMessages() {}

  static AuthorizationGrant grant(CodeExchange exchange) {
    return new AuthorizationCodeGrant(
        new AuthorizationCode(exchange.code().reveal()),
        exchange.redirectUri(),
        new CodeVerifier(exchange.verifier().reveal()));
  }

  static AuthorizationGrant grant(Secret refreshToken) {
    return new RefreshTokenGrant(new RefreshToken(refreshToken.reveal()));
  }

  /// A request for tokens. MCP authorization wants `resource` in each of them (RFC 8707).
  static FetchRequest token(
      URI endpoint, OAuthClient client, AuthorizationGrant grant, @Nullable String resource) {
    ClientAuthentication proof = proof(client);
    TokenRequest.Builder builder =
        proof == null
            ? new TokenRequest.Builder(endpoint, new ClientID(client.clientId()), grant)
            : new TokenRequest.Builder(endpoint, proof, grant);
    if (resource != null) {
      builder.resource(URI.create(resource));
    }
    return fetch(builder.build().toHTTPRequest());
  }

  /// Asks to revoke a token (RFC 7009 section 2.1).
  static FetchRequest revocation(URI endpoint, OAuthClient client, Secret token, boolean refresh) {
    ClientAuthentication proof = proof(client);
    Token given =
        refresh ? new RefreshToken(token.reveal()) : new BearerAccessToken(token.reveal());
    TokenRevocationRequest request =
        proof == null
            ? new TokenRevocationRequest(endpoint, new ClientID(client.clientId()), given)
            : new TokenRevocationRequest(endpoint, proof, given);
    return fetch(request.toHTTPRequest());
  }

  private static @Nullable ClientAuthentication proof(OAuthClient client) {
    return client.authMethod().equals("none")
        ? null
        : proof(new ClientID(client.clientId()), client.secret(), client.authMethod());
  }

  /// How a client shows who it is (RFC 6749 section 2.3.1); null for one without a secret.
  ///
  /// @param method `post`, or `basic` for everything else
  public static @Nullable ClientAuthentication proof(
      ClientID id, @Nullable Secret secret, @Nullable String method) {
    if (secret == null) {
      return null;
    }
    var password = new com.nimbusds.oauth2.sdk.auth.Secret(secret.reveal());
    return "post".equals(method)
        ? new ClientSecretPost(id, password)
        : new ClientSecretBasic(id, password);
  }

  /// The request as the guarded way out takes it.
  public static FetchRequest fetch(HTTPRequest request) {
    Map<String, String> form = new LinkedHashMap<>();
    try {
      request.getBodyAsFormParameters().forEach((name, all) -> form.put(name, all.getFirst()));
    } catch (ParseException e) {
      throw new IllegalStateException("a form of our own can't be read", e);
    }
    FetchRequest fetch =
        FetchRequest.postForm(request.getURI(), form).header("Accept", "application/json");
    String authorization = request.getAuthorization();
    return authorization == null ? fetch : fetch.header("Authorization", authorization);
  }

  /// Some servers (GitHub) answer errors with 200, which only the `error` member tells.
  static TokenAnswer read(FetchResult result) {
    String host = result.url().getHost();
    if (result.status() >= 500 || result.status() == 429) {
      return new TokenAnswer.Unreachable(
          host + " answered " + result.status() + ".", TokenAnswer.Loss.NO_ANSWER);
    }
    try {
      var body = JSONObjectUtils.parse(result.text());
      return !result.isOk() || body.containsKey("error")
          ? new TokenAnswer.Refused(code(ErrorObject.parse(body).getCode()))
          : tokens(AccessTokenResponse.parse(body), body.get("id_token"));
    } catch (ParseException e) {
      // The message would quote the answer.
      return new TokenAnswer.Unreachable(
          host + " answered " + result.status() + " with nothing that can be read.",
          TokenAnswer.Loss.NO_ANSWER);
    }
  }

  private static String code(@Nullable String code) {
    return code != null && code.matches(PLAIN_CODE) ? code : "unreadable_error";
  }

  private static TokenAnswer tokens(AccessTokenResponse response, @Nullable Object idToken) {
    AccessToken access = response.getTokens().getAccessToken();
    // Tokens of other types can't be sent as a bearer token (RFC 6750).
    if (!(access instanceof BearerAccessToken)) {
      return new TokenAnswer.Refused("unsupported_token_type");
    }
    RefreshToken refresh = response.getTokens().getRefreshToken();
    var scope = access.getScope();
    return new TokenAnswer.Granted(
        new Tokens(
            new Secret(access.getValue()),
            refresh == null ? null : new Secret(refresh.getValue()),
            idToken instanceof String text && !text.isEmpty() ? new Secret(text) : null,
            access.getLifetime() > 0 ? Duration.ofSeconds(access.getLifetime()) : null,
            scope == null || scope.isEmpty() ? null : Set.copyOf(scope.toStringList())));
  }

  /// Whether the error says that no request with this refresh token will ever be granted.
  static boolean isFinal(String code) {
    return FINAL.contains(code);
  }
}
