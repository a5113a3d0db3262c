package dev.sallyport.appauth;

import dev.sallyport.appauth.verification.AppFacts;
import dev.sallyport.apps.AppDetails;
import dev.sallyport.apps.Traffic;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Trust for tests of other packages; every call gives one with an identity of its own.
public final class TrustFixture {
  private TrustFixture() {}

  /// Trust without any app.
  public static TrustSnapshot nothing() {
    return TrustSnapshot.EMPTY;
  }

  /// Trust with one app, which nobody may enter.
  public static TrustSnapshot with(String app) {
    return new TrustSnapshot(Map.of(app, trust(app)), List.of(), Set.of());
  }

  /// The trust of an app that nobody may enter.
  public static AppTrust trust(String app) {
    AppDetails details =
        new AppDetails(
            "app_" + app,
            app,
            "",
            "mcp+http://" + app,
            "mcp",
            "https://gw.example/mcp/apps/" + app,
            Map.of(),
            List.of(),
            List.of(),
            List.of(),
            true,
            null,
            Traffic.STANDARD,
            1,
            Instant.EPOCH,
            Instant.EPOCH);
    AppFacts facts = new AppFacts(details.id(), app, details.url(), Map.of());
    return new AppTrust(details, facts, List.of(), List.of());
  }
}
