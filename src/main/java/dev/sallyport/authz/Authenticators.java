package dev.sallyport.authz;

import dev.sallyport.authz.Authentication.NotMine;
import dev.sallyport.authz.Authentication.Refused;
import dev.sallyport.problem.ProblemType;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;

/// Asks every [Authenticator] until one knows the credentials.
@ApplicationScoped
public class Authenticators {
  @Inject @Any Instance<Authenticator> all;

  /// Known or refused: what nobody knows is refused.
  public Authentication authenticate(Credentials credentials) {
    for (Authenticator one : all) {
      Authentication answer = one.authenticate(credentials);
      if (!(answer instanceof NotMine)) {
        return answer;
      }
    }
    return new Refused(
        credentials.bearer() == null
            ? ProblemType.UNAUTHENTICATED
            : ProblemType.CREDENTIAL_INVALID);
  }
}
