package dev.sallyport.connections.flow;

import com.nimbusds.oauth2.sdk.AuthorizationRequest;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.openid.connect.sdk.Prompt;
import dev.sallyport.connections.clients.OAuthClient;
import dev.sallyport.connections.flow.ConnectState.Trip;
import dev.sallyport.connections.remote.AuthorizationServer;
import java.net.URI;
import java.util.Map;

/// Where a browser is sent.
final class ConnectMessages {
  private ConnectMessages() {}

  /// Both ends of a request, and what the app's settings add to it.
  record Peers(
      AuthorizationServer server, OAuthClient client, URI redirectUri, Map<String, String> more) {}

  /// The request for a code (RFC 6749 section 4.1.1) with PKCE (RFC 7636) and the resource that the
  /// token shall be for (RFC 8707 section 2.1).
  static URI authorization(Peers peers, Trip trip, String state, String verifier) {
    var request =
        new AuthorizationRequest.Builder(ResponseType.CODE, new ClientID(peers.client().clientId()))
            .endpointURI(peers.server().authorizationEndpoint())
            .redirectionURI(peers.redirectUri())
            .state(new State(state))
            .codeChallenge(new CodeVerifier(verifier), CodeChallengeMethod.S256)
            .resource(URI.create(trip.resource()));
    if (!trip.scopes().isEmpty()) {
      request.scope(new Scope(trip.scopes().toArray(String[]::new)));
    }
    peers.more().forEach(request::customParameter);
    if (trip.silent()) {
      request.prompt(new Prompt(Prompt.Type.NONE));
    }
    return request.build().toURI();
  }
}
