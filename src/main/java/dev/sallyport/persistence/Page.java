package dev.sallyport.persistence;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// One page of a list: `next` is the cursor of the page behind it, absent on the last; `total`
/// counts everything that the filter matches.
public record Page<T>(List<T> items, @Nullable String next, long total) {
  /// A list that is short enough to be answered at once.
  public static <T> Page<T> whole(List<T> items) {
    return new Page<>(items, null, items.size());
  }
}
