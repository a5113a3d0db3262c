package dev.sallyport.appauth;

import dev.sallyport.authz.NoPermissionNeeded;
import dev.sallyport.jose.JwksCache;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.inject.Inject;

/// Refreshes the key sets that are due, so that a key which an issuer took back is noticed although
/// no new token comes.
@Singleton
@NoPermissionNeeded("A timer.")
public class KeyTimer {
  @Inject JwksCache keys;
  @Inject Trust trust;

  @Schedule(hour = "*", minute = "*", second = "30", persistent = false)
  void maintain() {
    keys.maintain(trust.current().jwksUrls());
  }
}
