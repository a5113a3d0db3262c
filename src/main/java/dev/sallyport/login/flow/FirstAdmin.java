package dev.sallyport.login.flow;

import dev.sallyport.config.Settings.FirstAdminSettings;
import java.util.Collection;

/// Whom the operator wants as first admin.
final class FirstAdmin {
  private FirstAdmin() {}

  static boolean isMeant(FirstAdminSettings settings, String provider, Collection<String> groups) {
    boolean isProvider = settings.provider() == null || settings.provider().equals(provider);
    return isProvider && settings.groups().stream().anyMatch(groups::contains);
  }
}
