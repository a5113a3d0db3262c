package dev.sallyport.persistence;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One statement with its arguments, to be run later.
public record SqlStatement(String sql, List<@Nullable Object> arguments) {
  // List.copyOf would refuse absent arguments.
  public SqlStatement {
    arguments = Collections.unmodifiableList(new ArrayList<>(arguments));
  }

  public static SqlStatement of(String sql, @Nullable Object... arguments) {
    return new SqlStatement(sql, Arrays.asList(arguments));
  }
}
