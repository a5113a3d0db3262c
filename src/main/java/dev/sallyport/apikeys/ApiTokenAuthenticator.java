package dev.sallyport.apikeys;

import dev.sallyport.authz.Actor;
import dev.sallyport.authz.Authentication;
import dev.sallyport.authz.Authentication.Known;
import dev.sallyport.authz.Authentication.NotMine;
import dev.sallyport.authz.Authentication.Refused;
import dev.sallyport.authz.Authenticator;
import dev.sallyport.authz.Credentials;
import dev.sallyport.crypto.Secret;
import dev.sallyport.jose.ParsedToken;
import dev.sallyport.jose.TokenSyntax;
import dev.sallyport.problem.ProblemType;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import org.eclipse.microprofile.jwt.JsonWebToken;

/// Knows the tokens that keys were traded for. They name a key, nothing more: what it may do is
/// read at each call, and a token dies with the value of the key that it came from.
@ApplicationScoped
public class ApiTokenAuthenticator implements Authenticator {
  @Inject ApiTokens tokens;
  @Inject ApiKeyActors actors;
  @Inject KeyUse use;

  @Override
  public Authentication authenticate(Credentials credentials) {
    Secret bearer = credentials.bearer();
    if (bearer == null
        || !(TokenSyntax.read(bearer.reveal()) instanceof TokenSyntax.Parsed(ParsedToken token))
        || !tokens.issuer().equals(token.claims().string("iss"))) {
      return new NotMine();
    }
    String keyId = token.header().kid();
    return Optional.ofNullable(keyId)
        .flatMap(id -> tokens.verify(id, bearer))
        .flatMap(this::actor)
        .map(this::used)
        .orElse(new Refused(ProblemType.CREDENTIAL_INVALID));
  }

  private Optional<Actor> actor(JsonWebToken token) {
    String key = token.getClaim(ApiTokenService.KEY);
    String value = token.getClaim(ApiTokenService.VALUE);
    return key == null || value == null ? Optional.empty() : actors.byValueId(key, value);
  }

  private Authentication used(Actor actor) {
    use.seen(actor.id());
    return new Known(actor);
  }
}
