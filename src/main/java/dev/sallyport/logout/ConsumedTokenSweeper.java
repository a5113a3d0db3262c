package dev.sallyport.logout;

import dev.sallyport.authz.NoPermissionNeeded;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.inject.Inject;

/// Forgets logout tokens that are too old to come again.
@Singleton
@NoPermissionNeeded("A timer.")
public class ConsumedTokenSweeper {
  @Inject ConsumedTokens consumed;

  @Schedule(hour = "*", minute = "17", persistent = false)
  void sweep() {
    consumed.sweep();
  }
}
