package dev.sallyport.logging;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jboss.logging.MDC;
import org.jspecify.annotations.Nullable;

/// What the lines of a piece of work are about. They carry it as long as the work runs, on its
/// thread.
public record LogFields(Map<String, String> values) {
  public static final LogFields NONE = new LogFields(Map.of());

  public static final String REQUEST = "request";
  public static final String ACTOR = "actor";
  public static final String APP = "app";
  public static final String SESSION = "session";
  public static final String CODE = "code";

  private static final int SHOWN_OF_ID = 12;

  public LogFields {
    values = Map.copyOf(values);
  }

  /// The same and one more; what is not known is left out.
  public LogFields with(String name, @Nullable String value) {
    if (value == null) {
      return this;
    }
    Map<String, String> more = new LinkedHashMap<>(values);
    more.put(name, value);
    return new LogFields(more);
  }

  /// With as much of an app session's id as is said outside of the database.
  public LogFields ofSession(String id) {
    return with(SESSION, id.substring(0, Math.min(SHOWN_OF_ID, id.length())));
  }

  public void run(Runnable work) {
    call(
        () -> {
          work.run();
          return true;
        });
  }

  public <T> T call(Supplier<T> work) {
    Map<String, Object> before = new LinkedHashMap<>();
    values.forEach(
        (name, value) -> {
          Object old = MDC.put(name, value);
          if (old != null) {
            before.put(name, old);
          }
        });
    try {
      return work.get();
    } finally {
      values.keySet().forEach(MDC::remove);
      before.forEach(MDC::put);
    }
  }
}
