package dev.sallyport.audit;

import dev.sallyport.authz.CallContext;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Folds denials of the same kind: of those by one actor from one address, with one reason about
/// one thing, the first few of a minute pass at once, the others become one row with their count.
final class Flood {
  static final int PASSING = 5;
  static final Duration WINDOW = Duration.ofMinutes(1);
  // Beyond it nothing is folded: the queue before it is bounded by itself.
  private static final int MAX_KINDS = 10_000;

  /// A denial that waits to be written.
  record Denial(AuditEntry entry, CallContext context) {}

  private record Kind(
      String actor,
      String address,
      AuditEventName event,
      @Nullable String reason,
      @Nullable String permission,
      AuditEntry.@Nullable Resource resource) {
    static Kind of(Denial denial) {
      AuditEntry entry = denial.entry();
      var actor = denial.context().actor();
      return new Kind(
          actor.kind().code() + ":" + actor.id(),
          denial.context().address(),
          entry.event(),
          entry.reason(),
          entry.details().get("permission"),
          entry.resource());
    }
  }

  private static final class Window {
    final Instant begin;
    int passed;
    long folded;
    @Nullable Denial last;

    Window(Instant begin) {
      this.begin = begin;
    }
  }

  private final Map<Kind, Window> windows = new LinkedHashMap<>();

  /// What must be written of these, and of earlier ones whose minute is over.
  synchronized List<Denial> take(List<Denial> denials, Instant now) {
    List<Denial> due = new ArrayList<>(expire(now));
    for (Denial denial : denials) {
      Kind kind = Kind.of(denial);
      Window window = windows.get(kind);
      if (window == null && windows.size() < MAX_KINDS) {
        window = new Window(now);
        windows.put(kind, window);
      }
      if (window == null || window.passed < PASSING) {
        due.add(denial);
      } else {
        window.folded++;
        window.last = denial;
      }
      if (window != null) {
        window.passed = Math.min(window.passed + 1, PASSING);
      }
    }
    return due;
  }

  /// The sums of the minutes that are over.
  synchronized List<Denial> expire(Instant now) {
    return remove(now.minus(WINDOW));
  }

  /// All sums, at the end.
  synchronized List<Denial> close() {
    return remove(Instant.MAX);
  }

  private List<Denial> remove(Instant startedBy) {
    List<Denial> sums = new ArrayList<>();
    windows
        .values()
        .removeIf(
            window -> {
              boolean isOver = !window.begin.isAfter(startedBy);
              if (isOver && window.last != null) {
                sums.add(sum(window, window.last));
              }
              return isOver;
            });
    return sums;
  }

  private static Denial sum(Window window, Denial last) {
    AuditEntry entry =
        window.folded == 1
            ? last.entry()
            : last.entry().with("count", window.folded).with("since", window.begin);
    return new Denial(entry, last.context());
  }
}
