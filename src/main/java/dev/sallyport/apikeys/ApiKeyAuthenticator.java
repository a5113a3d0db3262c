package dev.sallyport.apikeys;

import dev.sallyport.authz.Actor;
import dev.sallyport.authz.Authentication;
import dev.sallyport.authz.Authentication.Known;
import dev.sallyport.authz.Authentication.NotMine;
import dev.sallyport.authz.Authentication.Refused;
import dev.sallyport.authz.Authenticator;
import dev.sallyport.authz.Credentials;
import dev.sallyport.crypto.Secret;
import dev.sallyport.problem.ProblemType;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/// Knows `Authorization: Bearer sp_…`.
@ApplicationScoped
public class ApiKeyAuthenticator implements Authenticator {
  @Inject ApiKeyActors actors;
  @Inject KeyUse use;

  @Override
  public Authentication authenticate(Credentials credentials) {
    Secret bearer = credentials.bearer();
    if (bearer == null || !bearer.reveal().startsWith(ApiKeyService.PREFIX)) {
      return new NotMine();
    }
    return actors
        .byValue(bearer)
        .map(this::used)
        .orElse(new Refused(ProblemType.CREDENTIAL_INVALID));
  }

  private Authentication used(Actor actor) {
    use.seen(actor.id());
    return new Known(actor);
  }
}
