package dev.sallyport.appsessions.ui;

import com.vaadin.flow.router.QueryParameters;
import dev.sallyport.appsessions.SessionFilter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The filter of the session list in the address of the page, so that it can be sent to others.
final class FilterQuery {
  private FilterQuery() {}

  static SessionFilter read(QueryParameters query) {
    return new SessionFilter(
        text(query, "app"),
        text(query, "config"),
        text(query, "user"),
        text(query, "issuer"),
        text(query, "subject"),
        text(query, "client"),
        state(text(query, "state")));
  }

  private static @Nullable String text(QueryParameters query, String name) {
    return query.getSingleParameter(name).filter(value -> !value.isBlank()).orElse(null);
  }

  // An address that somebody typed is no reason for an error page.
  private static SessionFilter.State state(@Nullable String code) {
    try {
      return SessionFilter.State.ofCode(code);
    } catch (IllegalArgumentException e) {
      return SessionFilter.State.LIVE;
    }
  }

  static QueryParameters write(SessionFilter filter) {
    Map<String, List<String>> query = new LinkedHashMap<>();
    put(query, "user", filter.user());
    put(query, "app", filter.app());
    put(query, "client", filter.client());
    put(query, "issuer", filter.issuer());
    put(query, "config", filter.config());
    put(query, "subject", filter.subject());
    if (filter.state() != SessionFilter.State.LIVE) {
      put(query, "state", filter.state().code());
    }
    return new QueryParameters(query);
  }

  private static void put(Map<String, List<String>> query, String name, @Nullable String value) {
    if (value != null) {
      query.put(name, List.of(value));
    }
  }
}
