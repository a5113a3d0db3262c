package dev.sallyport.logout;

import dev.sallyport.config.Settings;
import dev.sallyport.jose.JwksCache;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;

/// Verifies logout tokens with this server's settings. Holds no transaction: keys may have to be
/// fetched.
@ApplicationScoped
class LogoutVerifier {
  @Inject JwksCache keys;
  @Inject Clock clock;
  @Inject Settings settings;
  @Inject LogoutParties parties;

  private LogoutTokenCheck check;

  @PostConstruct
  void start() {
    check = new LogoutTokenCheck(keys, clock, settings.logoutWindow());
  }

  LogoutVerdict verify(String raw) {
    return check.check(raw, parties::ofIssuer);
  }
}
