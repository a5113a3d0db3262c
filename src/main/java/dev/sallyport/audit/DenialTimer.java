package dev.sallyport.audit;

import dev.sallyport.authz.NoPermissionNeeded;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.inject.Inject;

/// Lets the sums of floods be written although nothing new comes.
@Singleton
@NoPermissionNeeded("A timer.")
public class DenialTimer {
  @Inject DenialQueue denials;

  @Schedule(hour = "*", minute = "*", second = "*/5", persistent = false)
  void settle() {
    denials.settle();
  }
}
