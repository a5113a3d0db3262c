package dev.sallyport.connections.clients;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.oauth2.sdk.AuthorizationRequest;
import com.nimbusds.oauth2.sdk.ErrorObject;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.oauth2.sdk.util.JSONObjectUtils;
import com.nimbusds.openid.connect.sdk.Prompt;
import dev.sallyport.connections.remote.AuthorizationServer;
import dev.sallyport.crypto.RandomTokens;
import dev.sallyport.crypto.Secret;
import dev.sallyport.http.FetchRequest;
import dev.sallyport.http.FetchResult;
import dev.sallyport.http.OutboundException;
import dev.sallyport.http.OutboundHttp;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Asks a server whether it still knows a client. People can't be sent back for one that it does
/// not know (RFC 6749 section 4.1.2.1), so that its authorization endpoint answers on the spot; but
/// so does a proxy while a server is away, and with the client all that was granted to it would be
/// lost. It is forgotten once the token endpoint says so by name, or is there and the answer still
/// the same much later.
@ApplicationScoped
class ClientProbe {
  private static final Duration MUCH_LATER = Duration.ofMinutes(15);

  @Inject OutboundHttp http;
  @Inject Clock clock;

  // Since when a client has looked unknown without a break.
  private final Cache<String, Instant> suspects =
      Caffeine.newBuilder().maximumSize(10_000).expireAfterWrite(Duration.ofDays(1)).build();

  /// Whether the server has forgotten it; one that can't be asked has not forgotten anybody.
  boolean isForgotten(AuthorizationServer server, OAuthClient client) {
    if (looksKnown(server, client)) {
      suspects.invalidate(client.id());
      return false;
    }
    String error = tokenError(server, client);
    if (error == null) {
      return false;
    }
    Instant now = clock.instant();
    Instant since = suspects.get(client.id(), _ -> now);
    return error.equals("invalid_client") || !now.isBefore(since.plus(MUCH_LATER));
  }

  /// How the authorization endpoint answers for it, as a browser would ask, but for nobody.
  boolean looksKnown(AuthorizationServer server, OAuthClient client) {
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

  /// Which error the token endpoint answers (RFC 6749 section 5.2); null where none is read. It is
  /// asked for what can't be granted to anybody.
  private @Nullable String tokenError(AuthorizationServer server, OAuthClient client) {
    try {
      FetchResult answer = http.fetch(tokenRequest(server, client));
      // Some send errors with 200. Anything else may be a proxy's word.
      if (!Set.of(200, 400, 401).contains(answer.status())) {
        return null;
      }
      return ErrorObject.parse(JSONObjectUtils.parse(answer.text())).getCode();
    } catch (OutboundException | ParseException e) {
      return null;
    }
  }

  private static FetchRequest tokenRequest(AuthorizationServer server, OAuthClient client) {
    Map<String, String> form = new LinkedHashMap<>();
    form.put("grant_type", "refresh_token");
    form.put("refresh_token", RandomTokens.id("none-"));
    Secret secret = client.secret();
    if (secret != null && !client.authMethod().equals("post")) {
      var password = new com.nimbusds.oauth2.sdk.auth.Secret(secret.reveal());
      var proof = new ClientSecretBasic(new ClientID(client.clientId()), password);
      return FetchRequest.postForm(server.tokenEndpoint(), form)
          .header("Authorization", proof.toHTTPAuthorizationHeader());
    }
    form.put("client_id", client.clientId());
    if (secret != null) {
      form.put("client_secret", secret.reveal());
    }
    return FetchRequest.postForm(server.tokenEndpoint(), form);
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
