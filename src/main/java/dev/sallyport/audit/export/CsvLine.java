package dev.sallyport.audit.export;

import dev.sallyport.audit.AuditRow;
import dev.sallyport.persistence.Json;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// One line of CSV (RFC 4180). A cell that a spreadsheet would take for a formula begins with an
/// apostrophe instead.
final class CsvLine {
  static final List<String> COLUMNS =
      List.of(
          "id",
          "at",
          "category",
          "event",
          "outcome",
          "reason",
          "actorKind",
          "actorId",
          "actorName",
          "resourceKind",
          "resourceId",
          "resourceName",
          "appId",
          "address",
          "requestId",
          "details");

  private static final String FORMULA = "=+-@\t\r";

  private CsvLine() {}

  static String head() {
    return of(COLUMNS.toArray(String[]::new));
  }

  static String of(AuditRow row) {
    AuditRow.What what = row.resource();
    return of(
        row.id(),
        row.at().toString(),
        row.category(),
        row.event(),
        row.outcome(),
        row.reason(),
        row.actor().kind(),
        row.actor().id(),
        row.actor().name(),
        what == null ? null : what.kind(),
        what == null ? null : what.id(),
        what == null ? null : what.name(),
        row.appId(),
        row.address(),
        row.requestId(),
        Json.write(row.details()));
  }

  static String of(@Nullable String... cells) {
    return Arrays.stream(cells).map(CsvLine::cell).collect(Collectors.joining(",", "", "\r\n"));
  }

  private static String cell(@Nullable String text) {
    if (text == null || text.isEmpty()) {
      return "";
    }
    String safe = FORMULA.indexOf(text.charAt(0)) < 0 ? text : "'" + text;
    boolean isPlain = safe.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return isPlain ? safe : '"' + safe.replace("\"", "\"\"") + '"';
  }
}
