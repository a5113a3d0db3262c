package dev.sallyport.connections;

import com.nimbusds.oauth2.sdk.AccessTokenResponse;
import com.nimbusds.oauth2.sdk.AuthorizationGrant;
import com.nimbusds.oauth2.sdk.ErrorObject;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.auth.ClientAuthentication;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.util.JSONObjectUtils;
import dev.sallyport.connections.grants.TokenMessages;
import dev.sallyport.connections.tls.AppTls;
import dev.sallyport.connections.tls.TlsChoice;
import dev.sallyport.crypto.Secret;
import dev.sallyport.http.FetchRequest;
import dev.sallyport.http.FetchResult;
import dev.sallyport.http.OutboundException;
import dev.sallyport.http.OutboundHttp;
import dev.sallyport.problem.ProblemType;
import dev.sallyport.problem.SallyportException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/// Asks a token endpoint for a token (RFC 6749 section 3.2).
@ApplicationScoped
class TokenEndpoint {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  // For tokens that say nothing of their end.
  private static final Duration UNSAID = Duration.ofMinutes(5);
  private static final Duration MARGIN = Duration.ofSeconds(30);

  @Inject OutboundHttp http;
  @Inject AppTls tls;
  @Inject Clock clock;

  /// A token for this grant; `more` are parameters that only some servers know.
  FetchedToken ask(
      StoredCredential credential, AuthorizationGrant grant, Map<String, String> more) {
    FetchResult result = send(request(credential, grant, more), credential.appId());
    AccessTokenResponse response = parse(result, host(credential));
    Secret token = new Secret(response.getTokens().getAccessToken().getValue());
    IssuedToken read = IssuedToken.of(token);
    requireIssuer(credential, read);
    return new FetchedToken(token, until(response, read.expiry()));
  }

  private static HTTPRequest request(
      StoredCredential credential, AuthorizationGrant grant, Map<String, String> more) {
    CredentialSettings settings = credential.settings();
    URI endpoint = URI.create(Objects.requireNonNull(settings.tokenEndpoint()));
    ClientID client = new ClientID(Objects.requireNonNull(settings.clientId()));
    ClientAuthentication proof =
        TokenMessages.proof(client, credential.secret(), settings.clientAuthentication());
    TokenRequest.Builder builder =
        proof == null
            ? new TokenRequest.Builder(endpoint, client, grant)
            : new TokenRequest.Builder(endpoint, proof, grant);
    if (!settings.scopes().isEmpty()) {
      builder.scope(new Scope(settings.scopes().toArray(String[]::new)));
    }
    if (settings.resource() != null) {
      builder.resource(URI.create(settings.resource()));
    }
    more.forEach(builder::customParameter);
    return builder.build().toHTTPRequest();
  }

  private FetchResult send(HTTPRequest request, String appId) {
    try {
      FetchRequest fetch = TokenMessages.fetch(request).within(TIMEOUT);
      protect(fetch, appId);
      return http.fetch(fetch);
    } catch (OutboundException e) {
      throw new SallyportException(
          ProblemType.UPSTREAM_TOKEN_UNAVAILABLE, String.valueOf(e.getMessage()));
    }
  }

  private void protect(FetchRequest fetch, String appId) {
    switch (tls.tokenEndpoint(appId)) {
      case TlsChoice.Standard() -> {}
      case TlsChoice.Own(SSLContext own) -> fetch.tls(own);
      case TlsChoice.Broken() ->
          throw new SallyportException(
              ProblemType.UPSTREAM_TOKEN_UNAVAILABLE,
              "The app's own TLS for the token endpoint can't be used.");
    }
  }

  /// Some servers answer errors with 200, which only the `error` member tells.
  private static AccessTokenResponse parse(FetchResult result, String host) {
    try {
      var body = JSONObjectUtils.parse(result.text());
      if (result.isOk() && !body.containsKey("error")) {
        return AccessTokenResponse.parse(body);
      }
      String code = Objects.requireNonNullElse(ErrorObject.parse(body).getCode(), "no reason");
      throw new SallyportException(
          result.status() >= 500
              ? ProblemType.UPSTREAM_TOKEN_UNAVAILABLE
              : ProblemType.UPSTREAM_TOKEN_REFUSED,
          host + " answered " + result.status() + " with " + plain(code) + ".");
    } catch (ParseException e) {
      throw new SallyportException(
          ProblemType.UPSTREAM_TOKEN_UNAVAILABLE,
          host + " answered " + result.status() + " without a token that could be read.");
    }
  }

  private static String plain(String code) {
    return code.matches("[a-z_]{1,60}") ? code : "an unknown error";
  }

  /// RFC 8693 leaves the format open; only a JWT that can be read says who signed it.
  private static void requireIssuer(StoredCredential credential, IssuedToken token) {
    String expected = credential.settings().expectedIssuer();
    if (expected != null && token.isReadable() && !token.isOf(expected)) {
      throw new SallyportException(
          ProblemType.UPSTREAM_TOKEN_REFUSED,
          host(credential)
              + (token.issuer() == null
                  ? " gave a token that names no issuer; it should be of "
                  : " gave a token of another issuer than ")
              + expected
              + ".");
    }
  }

  private Instant until(AccessTokenResponse response, @Nullable Instant expiry) {
    long seconds = response.getTokens().getAccessToken().getLifetime();
    Instant end =
        seconds > 0
            ? clock.instant().plusSeconds(seconds)
            : Objects.requireNonNullElse(expiry, clock.instant().plus(UNSAID));
    return end.minus(MARGIN);
  }

  private static String host(StoredCredential credential) {
    return URI.create(Objects.requireNonNull(credential.settings().tokenEndpoint())).getHost();
  }
}
