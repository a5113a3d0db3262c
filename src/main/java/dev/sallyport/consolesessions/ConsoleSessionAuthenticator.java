package dev.sallyport.consolesessions;

import dev.sallyport.authz.Actor;
import dev.sallyport.authz.Actors;
import dev.sallyport.authz.Authentication;
import dev.sallyport.authz.Authentication.Known;
import dev.sallyport.authz.Authentication.NotMine;
import dev.sallyport.authz.Authentication.Refused;
import dev.sallyport.authz.Authenticator;
import dev.sallyport.authz.Credentials;
import dev.sallyport.config.Settings;
import dev.sallyport.crypto.Secret;
import dev.sallyport.problem.ProblemType;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/// Knows the console's cookie. Whoever signed in is looked up at each call: a session is worth as
/// much as its actor at this moment.
@ApplicationScoped
public class ConsoleSessionAuthenticator implements Authenticator {
  @Inject SignedValues signed;
  @Inject SessionStore store;
  @Inject SessionUse use;
  @Inject Actors actors;
  @Inject Settings settings;
  @Inject Clock clock;

  @Override
  public Authentication authenticate(Credentials credentials) {
    Secret cookie = credentials.sessionCookie();
    if (cookie == null) {
      return new NotMine();
    }
    return signed
        .verify(ConsoleSessions.PREFIX, cookie)
        .flatMap(store::find)
        .map(row -> judged(row, credentials.isUse()))
        .orElse(new Refused(ProblemType.UNAUTHENTICATED));
  }

  private Authentication judged(SessionRow row, boolean isUse) {
    Instant now = clock.instant();
    if (row.endedAt() != null) {
      return new Refused(ProblemType.CONSOLE_SESSION_ENDED);
    }
    if (!row.expiresAt().isAfter(now)) {
      return new Refused(ProblemType.CONSOLE_SESSION_EXPIRED);
    }
    if (!row.idleUntil(settings.access().consoleSessionIdle()).isAfter(now)) {
      return new Refused(ProblemType.CONSOLE_SESSION_IDLE);
    }
    Optional<Actor> actor = actors.find(row.actorKind(), row.actorId());
    if (actor.isEmpty()) {
      return new Refused(ProblemType.CONSOLE_SESSION_ENDED);
    }
    if (isUse) {
      use.seen(row.id());
    }
    return new Known(actor.get(), row.id(), true);
  }
}
