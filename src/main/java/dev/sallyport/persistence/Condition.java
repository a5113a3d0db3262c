package dev.sallyport.persistence;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Which rows, as SQL with its arguments. It has no `or` outside of brackets, so that more can be
/// put behind it with `and`.
public record Condition(String sql, List<Object> arguments) {
  /// Every row.
  public static final Condition ANY = of("true");

  public Condition {
    arguments = List.copyOf(arguments);
  }

  public static Condition of(String sql, Object... arguments) {
    return new Condition(sql, Arrays.asList(arguments));
  }

  /// All of them together; without any, every row.
  public static Condition allOf(List<Condition> parts) {
    return parts.stream().reduce(Condition::and).orElse(ANY);
  }

  /// At least one of them; without any, no row.
  public static Condition oneOf(List<Condition> parts) {
    return parts.isEmpty()
        ? of("false")
        : new Condition(
            parts.stream().map(Condition::sql).collect(Collectors.joining(" or ", "(", ")")),
            parts.stream().flatMap(part -> part.arguments().stream()).toList());
  }

  public Condition and(Condition other) {
    return new Condition(
        sql + " and " + other.sql,
        Stream.concat(arguments.stream(), other.arguments.stream()).toList());
  }

  public Condition and(String part, Object... more) {
    return and(of(part, more));
  }

  /// That the column has this value; without one, any.
  public Condition andIs(String column, @Nullable String value) {
    return value == null ? this : and(column + " = ?", value);
  }

  /// That the column begins like this; without a beginning, in whatever way.
  public Condition andBegins(String column, @Nullable String beginning) {
    return beginning == null
        ? this
        : and(column + " like ?", beginning.replaceAll("([\\\\%_])", "\\\\$1") + "%");
  }

  /// That the column has one of these values; without a set, any.
  public Condition andIsOneOf(String column, @Nullable Collection<String> values) {
    return values == null
        ? this
        : and(column + " = any (?)", (Object) values.toArray(String[]::new));
  }

  /// Its arguments, and behind them those of the rest of a statement.
  public Object[] argumentsAnd(Object... rest) {
    List<Object> all = new ArrayList<>(arguments);
    all.addAll(Arrays.asList(rest));
    return all.toArray();
  }
}
