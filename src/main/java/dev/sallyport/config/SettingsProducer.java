package dev.sallyport.config;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;

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
    // The database keeps microseconds: what is answered must be what is stored.
    return Clock.tick(Clock.systemUTC(), Duration.of(1, ChronoUnit.MICROS));
  }
}
