package dev.sallyport.login.flow;

import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.auth.ClientAuthentication;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.ClientSecretPost;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.Nonce;
import dev.sallyport.crypto.Secret;
import dev.sallyport.http.FetchRequest;
import dev.sallyport.http.FetchResult;
import dev.sallyport.login.ProviderDetails;
import dev.sallyport.login.discovery.ProviderMetadata;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Builds the requests of the code flow and hands them over to our own client.
final class OidcMessages {
  private OidcMessages() {}

  /// Where the browser is sent: OpenID Connect Core 1.0 section 3.1.2.1 with PKCE (RFC 7636).
  static URI authentication(ProviderDetails provider, ProviderMetadata metadata, PreLogin login) {
    return new AuthenticationRequest.Builder(
            ResponseType.CODE,
            new Scope(provider.scopes().toArray(String[]::new)),
            new ClientID(provider.clientId()),
            URI.create(provider.redirectUri()))
        .endpointURI(metadata.authorizationEndpoint())
        .state(new State(login.state()))
        .nonce(new Nonce(login.nonce()))
        .codeChallenge(new CodeVerifier(login.verifier()), CodeChallengeMethod.S256)
        .build()
        .toURI();
  }

  /// The code for tokens, with the verifier of this sign-in.
  static FetchRequest codeExchange(
      ProviderDetails provider, ProviderMetadata metadata, Secret secret, Exchange exchange) {
    ClientID client = new ClientID(provider.clientId());
    var password = new com.nimbusds.oauth2.sdk.auth.Secret(secret.reveal());
    ClientAuthentication proof =
        metadata.takesSecretByPostOnly()
            ? new ClientSecretPost(client, password)
            : new ClientSecretBasic(client, password);
    var grant =
        new AuthorizationCodeGrant(
            new AuthorizationCode(exchange.code().reveal()),
            URI.create(provider.redirectUri()),
            new CodeVerifier(exchange.verifier()));
    return fetch(new TokenRequest(metadata.tokenEndpoint(), proof, grant).toHTTPRequest());
  }

  /// A code and the verifier that it was asked for with.
  record Exchange(Secret code, String verifier) {}

  /// The same request for our own client, which guards where it goes.
  static FetchRequest fetch(HTTPRequest request) {
    FetchRequest fetch =
        request.getMethod() == HTTPRequest.Method.POST
            ? FetchRequest.postForm(request.getURI(), form(request))
            : FetchRequest.get(request.getURI());
    fetch.header("Accept", "application/json");
    String authorization = request.getAuthorization();
    return authorization == null ? fetch : fetch.header("Authorization", authorization);
  }

  private static Map<String, String> form(HTTPRequest request) {
    try {
      Map<String, String> form = new LinkedHashMap<>();
      Map<String, List<String>> fields = request.getBodyAsFormParameters();
      fields.forEach((name, values) -> form.put(name, values.getFirst()));
      return form;
    } catch (ParseException e) {
      throw new IllegalStateException("a form of our own can't be read", e);
    }
  }

  /// The answer for the library to read.
  static HTTPResponse response(FetchResult result) throws ParseException {
    HTTPResponse response = new HTTPResponse(result.status());
    String type = result.header("Content-Type").orElse("");
    if (!type.isEmpty()) {
      response.setContentType(type);
    }
    response.setBody(result.text());
    return response;
  }
}
