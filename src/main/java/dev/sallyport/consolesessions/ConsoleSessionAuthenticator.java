package dev.sallyport.consolesessions;

import dev.sallyport.authz.Actor;
import dev.sallyport.authz.Authenticator;
import dev.sallyport.authz.Credentials;
import dev.sallyport.crypto.Secret;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;

/// Knows the console's cookie.
@ApplicationScoped
public class ConsoleSessionAuthenticator implements Authenticator {
  @Inject ConsoleSessionService sessions;

  @Override
  public Optional<Actor> authenticate(Credentials credentials) {
    Secret cookie = credentials.sessionCookie();
    return cookie == null ? Optional.empty() : sessions.resolve(cookie);
  }
}
