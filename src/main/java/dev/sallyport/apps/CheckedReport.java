package dev.sallyport.apps;

import dev.sallyport.problem.FieldErrors;
import java.net.URI;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A report that is right for its app.
record CheckedReport(String url, Duration lease) {
  private static final Duration STANDARD = Duration.ofMinutes(1);
  private static final Duration SHORTEST = Duration.ofSeconds(5);
  private static final Duration LONGEST = Duration.ofHours(1);

  static CheckedReport of(App app, String name, UpstreamReport report) {
    FieldErrors errors = new FieldErrors();
    errors.addIf(!AppCheck.isName(name), "name", AppCheck.NAME_RULE + " It stands in the path.");
    String url = Objects.requireNonNullElse(report.url(), "");
    AppCheck.upstreamUrl(url, "url", app.hosts(), errors);
    boolean isSecret = AppCheck.stripped(app.uri).startsWith("https:");
    errors.addIf(
        isSecret && url.startsWith("http:"), "url", "must be https, as the app's own address is.");
    Duration lease = lease(report.lease());
    errors.addIf(
        lease.compareTo(SHORTEST) < 0 || lease.compareTo(LONGEST) > 0,
        "lease",
        "must be a duration from PT5S to PT1H.");
    errors.throwIfAny();
    return new CheckedReport(URI.create(url).toString(), lease);
  }

  private static Duration lease(@Nullable String text) {
    try {
      return text == null ? STANDARD : Duration.parse(text);
    } catch (DateTimeParseException e) {
      return Duration.ZERO;
    }
  }
}
