package dev.sallyport.console.list;

import com.vaadin.flow.data.provider.Query;
import dev.sallyport.persistence.Slice;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// The rows that a grid wants, fetched in pieces no larger than services give out at once.
public final class Slices {
  private Slices() {}

  /// Answers rows by their position.
  @FunctionalInterface
  public interface Source<T> {
    List<T> slice(int offset, int limit);
  }

  public static <T> Stream<T> fetch(Query<T, Void> query, Source<T> source) {
    List<T> found = new ArrayList<>();
    int end = query.getOffset() + query.getLimit();
    for (int from = query.getOffset(); from < end; from += Slice.LARGEST) {
      found.addAll(source.slice(from, Math.min(Slice.LARGEST, end - from)));
    }
    return found.stream();
  }
}
