package dev.sallyport.ratelimit;

import dev.sallyport.config.Settings;
import java.util.HashMap;
import java.util.Map;

/// The server's limiter with other numbers.
public final class Limits {
  private Limits() {}

  /// Names of settings without their prefix, and numbers, in turn.
  public static RequestLimits of(String... settings) {
    var environment = new HashMap<>(Map.of("SALLYPORT_MASTER_KEY", "k"));
    for (int i = 0; i < settings.length; i += 2) {
      environment.put("SALLYPORT_" + settings[i], settings[i + 1]);
    }
    var limits = new RequestLimits();
    limits.settings = Settings.read(environment);
    limits.start();
    return limits;
  }
}
