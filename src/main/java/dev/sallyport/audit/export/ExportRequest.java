package dev.sallyport.audit.export;

import dev.sallyport.audit.AuditFilter;
import dev.sallyport.problem.FieldErrors;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What is to be exported: the rows of a time that has a beginning and an end, in a format.
public record ExportRequest(Format format, AuditFilter filter, Instant from, Instant to) {
  private static final Duration LONGEST = Duration.ofDays(366);

  /// What the file is.
  public enum Format {
    NDJSON("application/x-ndjson"),
    CSV("text/csv;charset=utf-8");

    private final String mediaType;

    Format(String mediaType) {
      this.mediaType = mediaType;
    }

    public String mediaType() {
      return mediaType;
    }

    String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// Checks the request; refuses with every wrong field.
  public static ExportRequest of(@Nullable String format, AuditFilter filter, FieldErrors errors) {
    Format wanted =
        switch (Objects.requireNonNullElse(format, "ndjson")) {
          case "csv" -> Format.CSV;
          case "ndjson" -> Format.NDJSON;
          default -> null;
        };
    errors.addIf(wanted == null, "format", "must be ndjson or csv.");
    require("from", filter.from(), errors);
    require("to", filter.to(), errors);
    Instant from = Objects.requireNonNullElse(filter.from(), Instant.EPOCH);
    Instant to = Objects.requireNonNullElse(filter.to(), Instant.EPOCH);
    errors.addIf(
        errors.isEmpty() && Duration.between(from, to).compareTo(LONGEST) > 0,
        "to",
        "must be at most 366 days after `from`.");
    errors.throwIfAny();
    return new ExportRequest(Objects.requireNonNull(wanted), filter, from, to);
  }

  private static void require(String field, @Nullable Instant time, FieldErrors errors) {
    boolean isNoted = errors.list().stream().anyMatch(error -> error.field().equals(field));
    errors.addIf(
        time == null && !isNoted, field, "must be given: a time such as 2026-01-31T12:00:00Z.");
  }

  /// The name that a browser saves the file under.
  public String fileName() {
    return "sallyport-audit-%s-%s.%s".formatted(day(from), day(to), format.code());
  }

  private static String day(Instant time) {
    return time.atOffset(ZoneOffset.UTC).toLocalDate().toString();
  }
}
