package dev.sallyport.persistence;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// One page of a list: `next` is the cursor of the page behind it, absent on the last; `total`
// counts
/// everything that the filter matches.
public record Page<T>(List<T> items, @Nullable String next, long total) {
  public <R> Page<R> map(Function<T, R> mapping) {
    return new Page<>(items.stream().map(mapping).toList(), next, total);
  }
}
