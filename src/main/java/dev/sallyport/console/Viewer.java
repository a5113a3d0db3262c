package dev.sallyport.console;

import com.vaadin.flow.server.VaadinRequest;
import dev.sallyport.api.SessionCookie;
import dev.sallyport.authz.Actor;
import dev.sallyport.authz.Authentication.Known;
import dev.sallyport.authz.Authenticators;
import dev.sallyport.authz.CallContext;
import dev.sallyport.authz.Credentials;
import dev.sallyport.cluster.Change;
import dev.sallyport.config.Settings;
import dev.sallyport.crypto.RandomTokens;
import dev.sallyport.crypto.Secret;
import jakarta.servlet.http.Cookie;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Whoever looks at a view that is pushed to. An open socket proves nothing, so the browser's
/// credential is checked again every few seconds.
final class Viewer {
  private static final long TRUSTED_NANOS = Duration.ofSeconds(5).toNanos();

  private final @Nullable Secret cookie;
  private final String address;
  private final @Nullable String sessionId;
  private Actor actor;
  private boolean isTrusted = true;
  private long checkedAt = System.nanoTime();

  private Viewer(@Nullable Secret cookie, CallContext context) {
    this.cookie = cookie;
    this.address = context.address();
    this.sessionId = context.consoleSessionId();
    this.actor = context.actor();
  }

  static Viewer ofCurrentRequest(Settings settings) {
    String name = SessionCookie.name(settings);
    Secret cookie =
        Optional.ofNullable(VaadinRequest.getCurrent()).map(VaadinRequest::getCookies).stream()
            .flatMap(Arrays::stream)
            .filter(c -> c.getName().equals(name))
            .findFirst()
            .map(Cookie::getValue)
            .map(Secret::new)
            .orElse(null);
    return new Viewer(cookie, CallContext.current());
  }

  /// Looks again before anything else is done in this viewer's name, if the session is its own, or
  /// all may have ended.
  synchronized void distrust(String endedSession) {
    isTrusted &= !endedSession.equals(sessionId) && !endedSession.equals(Change.ALL);
  }

  /// A context to act in; its actor is anonymous once the session is over.
  synchronized CallContext context(Authenticators authenticators) {
    if (!isTrusted || System.nanoTime() - checkedAt > TRUSTED_NANOS) {
      var credentials = new Credentials(null, cookie, address, false);
      actor =
          authenticators.authenticate(credentials) instanceof Known known
              ? known.actor()
              : Actor.ANONYMOUS;
      checkedAt = System.nanoTime();
      isTrusted = true;
    }
    return new CallContext(actor, address, RandomTokens.id("req_"), sessionId);
  }
}
