package dev.sallyport.connections.clients;

import com.nimbusds.oauth2.sdk.ErrorObject;
import com.nimbusds.oauth2.sdk.GrantType;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.auth.ClientAuthenticationMethod;
import com.nimbusds.oauth2.sdk.client.ClientInformation;
import com.nimbusds.oauth2.sdk.util.JSONObjectUtils;
import com.nimbusds.openid.connect.sdk.rp.ApplicationType;
import com.nimbusds.openid.connect.sdk.rp.OIDCClientMetadata;
import dev.sallyport.config.Settings;
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
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Registers this gateway at an authorization server (RFC 7591).
@ApplicationScoped
class RegistrationEndpoint {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  @Inject OutboundHttp http;
  @Inject Settings settings;
  @Inject ReturnAddresses addresses;
  @Inject Clock clock;

  /// What came of it; `detail` is a sentence for an admin.
  sealed interface Answer {
    record Registered(StoredClient client) implements Answer {}

    record Refused(String detail) implements Answer {}
  }

  Answer register(AuthorizationServer server) {
    URI endpoint = Objects.requireNonNull(server.registrationEndpoint());
    try {
      FetchResult result =
          http.fetch(
              FetchRequest.postJson(endpoint, metadata(server).toJSONObject().toJSONString())
                  .header("Accept", "application/json")
                  .within(TIMEOUT));
      return result.status() == 201 || result.isOk()
          ? read(result.text(), server)
          : new Answer.Refused(refusal(result, endpoint));
    } catch (OutboundException e) {
      return new Answer.Refused(String.valueOf(e.getMessage()));
    }
  }

  private OIDCClientMetadata metadata(AuthorizationServer server) {
    OIDCClientMetadata metadata = new OIDCClientMetadata();
    metadata.setName("Sallyport");
    metadata.setURI(settings.publicUrl());
    metadata.setRedirectionURI(URI.create(addresses.of(server)));
    metadata.setGrantTypes(Set.of(GrantType.AUTHORIZATION_CODE, GrantType.REFRESH_TOKEN));
    metadata.setResponseTypes(Set.of(ResponseType.CODE));
    metadata.setApplicationType(ApplicationType.WEB);
    metadata.setTokenEndpointAuthMethod(method(server.tokenAuthMethods()));
    return metadata;
  }

  /// A secret where the server takes one: this client can keep it.
  private static ClientAuthenticationMethod method(Set<String> offered) {
    if (offered.isEmpty() || offered.contains("client_secret_basic")) {
      return ClientAuthenticationMethod.CLIENT_SECRET_BASIC;
    }
    return offered.contains("client_secret_post")
        ? ClientAuthenticationMethod.CLIENT_SECRET_POST
        : ClientAuthenticationMethod.NONE;
  }

  private Answer read(String text, AuthorizationServer server) {
    try {
      ClientInformation registered = ClientInformation.parse(JSONObjectUtils.parse(text));
      var secret = registered.getSecret();
      String method = authMethod(registered);
      if (method == null || (!method.equals("none") && secret == null)) {
        return new Answer.Refused(
            server.issuer() + " registered this gateway in a way that it can't prove itself by.");
      }
      OAuthClient client =
          new OAuthClient(
              RandomTokens.id("ocl_"),
              server.issuer(),
              ClientKind.REGISTERED,
              registered.getID().getValue(),
              method.equals("none") || secret == null ? null : new Secret(secret.getValue()),
              method,
              addresses.of(server));
      Instant now = clock.instant();
      Instant ends =
          secret == null || secret.getExpirationDate() == null
              ? null
              : secret.getExpirationDate().toInstant();
      return new Answer.Registered(new StoredClient(client, false, ends, 1, now, now));
    } catch (ParseException e) {
      return new Answer.Refused(
          server.registrationEndpoint() + " answered without a client that could be read.");
    }
  }

  private static @Nullable String authMethod(ClientInformation registered) {
    ClientAuthenticationMethod said = registered.getMetadata().getTokenEndpointAuthMethod();
    String method = said == null ? "client_secret_basic" : said.getValue();
    return switch (method) {
      case "client_secret_basic" -> "basic";
      case "client_secret_post" -> "post";
      case "none" -> "none";
      default -> null;
    };
  }

  private static String refusal(FetchResult result, URI endpoint) {
    String code = "";
    try {
      String said = ErrorObject.parse(JSONObjectUtils.parse(result.text())).getCode();
      code = said != null && said.matches("[a-z_]{1,60}") ? " (" + said + ")" : "";
    } catch (ParseException e) {
      // the status says enough
    }
    return "%s refused to register this gateway with status %d%s."
        .formatted(endpoint, result.status(), code);
  }
}
