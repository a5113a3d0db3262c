package dev.sallyport.login.flow;

import com.nimbusds.jwt.JWT;
import com.nimbusds.jwt.JWTParser;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.openid.connect.sdk.LogoutRequest;
import dev.sallyport.config.Settings;
import dev.sallyport.consolesessions.IdpSession;
import dev.sallyport.consolesessions.signin.LogoutRedirects;
import dev.sallyport.crypto.Secret;
import dev.sallyport.login.ProviderDetails;
import dev.sallyport.login.Providers;
import dev.sallyport.login.discovery.Discovery;
import dev.sallyport.login.discovery.DiscoveryResult;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.text.ParseException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Signs out at the identity provider too, where it offers that (OpenID Connect RP-Initiated Logout
/// 1.0 section 2).
@ApplicationScoped
public class OidcLogoutRedirects implements LogoutRedirects {
  @Inject Providers providers;
  @Inject Discovery discovery;
  @Inject Settings settings;

  @Override
  public Optional<URI> after(IdpSession ended) {
    return providers.byId(ended.providerId()).flatMap(provider -> logout(provider, ended));
  }

  private Optional<URI> logout(ProviderDetails provider, IdpSession ended) {
    if (!(discovery.of(provider.subject()) instanceof DiscoveryResult.Found(var metadata))) {
      return Optional.empty();
    }
    URI endpoint = metadata.endSessionEndpoint();
    if (endpoint == null) {
      return Optional.empty();
    }
    URI back = URI.create(settings.publicBase() + "/auth/sign-in");
    ClientID client = new ClientID(provider.clientId());
    return Optional.of(
        new LogoutRequest(endpoint, hint(ended.idToken()), null, client, back, null, null).toURI());
  }

  private static @Nullable JWT hint(@Nullable Secret idToken) {
    try {
      return idToken == null ? null : JWTParser.parse(idToken.reveal());
    } catch (ParseException e) {
      return null; // a hint only: without it the provider asks the person
    }
  }
}
