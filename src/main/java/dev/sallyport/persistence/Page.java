package dev.sallyport.persistence;

import dev.sallyport.problem.SallyportException;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// One page of a list: `next` is the cursor of the page behind it, null on the last; `total`
/// counts everything that the filter matches.
public record Page<T>(List<T> items, @Nullable String next, long total) {
  private static final int USUAL = 50;
  private static final int LONGEST = 1_000;

  /// A list that is short enough to be answered at once.
  public static <T> Page<T> whole(List<T> items) {
    return new Page<>(items, null, items.size());
  }

  /// Of what was found, with one row more than the page has where it is not the last.
  public static <T> Page<T> of(List<T> found, int limit, Function<T, String> cursor, long total) {
    if (found.size() <= limit) {
      return new Page<>(found, null, total);
    }
    List<T> items = List.copyOf(found.subList(0, limit));
    return new Page<>(items, cursor.apply(items.getLast()), total);
  }

  /// Reads the limit of a page.
  public static int limit(@Nullable String text) {
    return limit(text, USUAL, Slice.LARGEST);
  }

  /// The same for lists that callers mostly read whole.
  public static int limitOfWhole(@Nullable String text) {
    return limit(text, LONGEST, LONGEST);
  }

  private static int limit(@Nullable String text, int usual, int most) {
    if (text == null) {
      return usual;
    }
    int limit = text.matches("[0-9]{1,4}") ? Integer.parseInt(text) : 0;
    if (limit < 1 || limit > most) {
      throw SallyportException.invalid("limit", "must be 1 to " + most + ".");
    }
    return limit;
  }
}
