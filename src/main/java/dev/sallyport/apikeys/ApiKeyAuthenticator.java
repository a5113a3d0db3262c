package dev.sallyport.apikeys;

import dev.sallyport.authz.Actor;
import dev.sallyport.authz.Authenticator;
import dev.sallyport.authz.Credentials;
import dev.sallyport.crypto.Secret;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;

/// Knows `Authorization: Bearer sp_…`.
@ApplicationScoped
public class ApiKeyAuthenticator implements Authenticator {
  @Inject ApiKeyService keys;
  @Inject KeyUse use;

  @Override
  public Optional<Actor> authenticate(Credentials credentials) {
    Secret bearer = credentials.bearer();
    if (bearer == null || !bearer.reveal().startsWith(ApiKeyService.PREFIX)) {
      return Optional.empty();
    }
    Optional<Actor> actor = keys.resolve(bearer);
    actor.ifPresent(found -> use.seen(found.id()));
    return actor;
  }
}
