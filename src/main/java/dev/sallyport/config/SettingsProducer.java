package dev.sallyport.config;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

/// Gives settings and the clock to whoever injects them.
@ApplicationScoped
public class SettingsProducer {
  @Produces
  @Singleton
  Settings settings() {
    return Settings.fromEnvironment();
  }

  @Produces
  @Singleton
  Clock clock() {
    return Clock.systemUTC();
  }
}
