package dev.sallyport.connections.clients;

import com.nimbusds.oauth2.sdk.AuthorizationRequest;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.openid.connect.sdk.Prompt;
import dev.sallyport.connections.remote.AuthorizationServer;
import dev.sallyport.crypto.RandomTokens;
import dev.sallyport.http.FetchRequest;
import dev.sallyport.http.FetchResult;
import dev.sallyport.http.OutboundException;
import dev.sallyport.http.OutboundHttp;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;

/// Asks an authorization endpoint whether it knows a client, as a browser would, but for nobody.
/// People can't be sent back for a client that the server does not know (RFC 6749 section 4.1.2.1),
/// so that an answer on the spot says that it has forgotten it.
@ApplicationScoped
class ClientProbe {
  @Inject OutboundHttp http;

  /// False only when the server says so; a server that can't be asked has not forgotten anybody.
  boolean isKnown(AuthorizationServer server, OAuthClient client) {
    try {
      FetchResult answer = http.fetch(FetchRequest.get(request(server, client)).withoutRedirects());
      return switch (answer.status()) {
        case 400, 401, 404 -> false;
        case 302, 303, 307 -> !isRefusal(answer.header("Location").orElse(""));
        default -> true;
      };
    } catch (OutboundException e) {
      return true;
    }
  }

  private URI request(AuthorizationServer server, OAuthClient client) {
    return new AuthorizationRequest.Builder(ResponseType.CODE, new ClientID(client.clientId()))
        .endpointURI(server.authorizationEndpoint())
        .redirectionURI(URI.create(client.redirectUri()))
        .state(new State(RandomTokens.id("")))
        .codeChallenge(
            new CodeVerifier(RandomTokens.id("") + RandomTokens.id("")), CodeChallengeMethod.S256)
        .prompt(Prompt.Type.NONE)
        .build()
        .toURI();
  }

  private static boolean isRefusal(String location) {
    return location.matches(".*[?&]error=(invalid_client|unauthorized_client)(&.*)?");
  }
}
