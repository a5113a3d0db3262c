package dev.sallyport.audit.ui;

import com.vaadin.flow.router.QueryParameters;
import dev.sallyport.audit.AuditFilter;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The filter of the audit in the address of the page, so that it can be sent to others.
final class AuditAddress {
  private AuditAddress() {}

  static AuditFilter read(QueryParameters query) {
    return new AuditFilter(
        text(query, "category"),
        text(query, "event"),
        text(query, "actor"),
        text(query, "resource"),
        text(query, "outcome"),
        instant(text(query, "from")),
        instant(text(query, "to")));
  }

  private static @Nullable String text(QueryParameters query, String name) {
    return query.getSingleParameter(name).filter(value -> !value.isBlank()).orElse(null);
  }

  // An address that somebody typed is no reason for an error page.
  private static @Nullable Instant instant(@Nullable String text) {
    try {
      return text == null ? null : Instant.parse(text);
    } catch (DateTimeParseException e) {
      return null;
    }
  }

  static QueryParameters write(AuditFilter filter) {
    Map<String, List<String>> query = new LinkedHashMap<>();
    put(query, "category", filter.category());
    put(query, "event", filter.event());
    put(query, "actor", filter.actor());
    put(query, "resource", filter.resource());
    put(query, "outcome", filter.outcome());
    put(query, "from", filter.from());
    put(query, "to", filter.to());
    return new QueryParameters(query);
  }

  private static void put(Map<String, List<String>> query, String name, @Nullable Object value) {
    if (value != null) {
      query.put(name, List.of(value.toString()));
    }
  }
}
