package dev.sallyport.login.flow;

import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.token.BearerAccessToken;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponse;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponseParser;
import com.nimbusds.openid.connect.sdk.UserInfoRequest;
import com.nimbusds.openid.connect.sdk.UserInfoResponse;
import com.nimbusds.openid.connect.sdk.claims.UserInfo;
import dev.sallyport.crypto.Secret;
import dev.sallyport.http.FetchRequest;
import dev.sallyport.http.FetchResult;
import dev.sallyport.http.OutboundException;
import dev.sallyport.http.OutboundHttp;
import dev.sallyport.jose.Claims;
import dev.sallyport.login.ProviderDetails;
import dev.sallyport.login.Providers;
import dev.sallyport.login.discovery.ProviderMetadata;
import dev.sallyport.problem.ProblemType;
import dev.sallyport.problem.SallyportException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;

/// The two calls that a sign-in makes to the provider's server.
@ApplicationScoped
class ProviderCalls {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int MAX_BYTES = 512 * 1024;

  @Inject OutboundHttp outbound;
  @Inject Providers providers;

  /// Trades the code for tokens.
  TokenAnswer exchange(
      ProviderDetails provider, ProviderMetadata metadata, OidcMessages.Exchange exchange) {
    Secret secret = providers.clientSecret(provider.id());
    FetchResult result = send(OidcMessages.codeExchange(provider, metadata, secret, exchange));
    try {
      TokenResponse answer = OIDCTokenResponseParser.parse(OidcMessages.response(result));
      if (!answer.indicatesSuccess()) {
        throw refused(answer.toErrorResponse().getErrorObject().getCode());
      }
      return tokens((OIDCTokenResponse) answer.toSuccessResponse());
    } catch (ParseException | IllegalArgumentException e) {
      // The message would quote the answer. What can't be read in a good one is the ID token.
      throw result.isOk()
          ? SignInFinish.refusal(ProblemType.SIGN_IN_TOKEN_MALFORMED)
          : refused("an answer of status " + result.status() + " that can't be read");
    }
  }

  private static TokenAnswer tokens(OIDCTokenResponse answer) {
    String idToken = answer.getOIDCTokens().getIDTokenString();
    if (idToken == null) {
      throw SignInFinish.refusal(ProblemType.SIGN_IN_ID_TOKEN_MISSING);
    }
    return new TokenAnswer(
        new Secret(idToken), new Secret(answer.getOIDCTokens().getAccessToken().getValue()));
  }

  private static SallyportException refused(String code) {
    String shown = IdpError.shown(code);
    return new SallyportException(
        ProblemType.SIGN_IN_CODE_REFUSED, "The token endpoint answered: " + shown + ".");
  }

  /// The claims of the userinfo endpoint (OpenID Connect Core 1.0 section 5.3).
  Claims userInfo(ProviderMetadata metadata, Secret accessToken, String subject) {
    URI endpoint = metadata.userInfoEndpoint();
    if (endpoint == null) {
      throw new SallyportException(
          ProblemType.SIGN_IN_USERINFO, "The provider has no userinfo endpoint.");
    }
    var request = new UserInfoRequest(endpoint, new BearerAccessToken(accessToken.reveal()));
    FetchResult result = send(OidcMessages.fetch(request.toHTTPRequest()));
    try {
      UserInfoResponse answer = UserInfoResponse.parse(OidcMessages.response(result));
      UserInfo info = answer.indicatesSuccess() ? answer.toSuccessResponse().getUserInfo() : null;
      // Section 5.3.2: another subject's claims must not be used.
      if (info == null || !subject.equals(info.getSubject().getValue())) {
        throw unusable();
      }
      return Claims.ofJson(info.toJSONString());
    } catch (ParseException | IllegalArgumentException e) {
      throw unusable();
    }
  }

  private static SallyportException unusable() {
    return new SallyportException(
        ProblemType.SIGN_IN_USERINFO, "The userinfo answer is an error or about somebody else.");
  }

  private FetchResult send(FetchRequest request) {
    try {
      return outbound.fetch(request.within(PATIENCE).maxBytes(MAX_BYTES));
    } catch (OutboundException e) {
      throw new SallyportException(
          ProblemType.SIGN_IN_PROVIDER_UNREACHABLE, String.valueOf(e.getMessage()));
    }
  }
}
