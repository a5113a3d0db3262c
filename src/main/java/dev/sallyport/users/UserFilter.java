package dev.sallyport.users;

import dev.sallyport.persistence.Condition;
import dev.sallyport.problem.FieldErrors;
import dev.sallyport.problem.PlainText;
import dev.sallyport.problem.SallyportException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Which users; absent members match all.
///
/// @param text a part of the name, the e-mail or the subject, in any case
/// @param provider the id of the provider of the last sign-in
public record UserFilter(@Nullable String text, @Nullable String provider, State state) {
  private static final String HAS_TEXT =
      """
      position(lower(?) in
        lower(u.display_name || ' ' || coalesce(u.email, '') || ' ' || u.subject)) > 0\
      """;

  /// Active ones, deactivated ones, or both.
  public enum State {
    ALL,
    ACTIVE,
    DEACTIVATED;

    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }

    static State ofCode(@Nullable String code) {
      for (State state : values()) {
        if (state.code().equals(code)) {
          return state;
        }
      }
      if (code == null || code.isEmpty()) {
        return ALL;
      }
      throw SallyportException.invalid("state", "must be active, deactivated or all.");
    }
  }

  public static UserFilter all() {
    return new UserFilter(null, null, State.ALL);
  }

  /// Reads the parameters of a query.
  static UserFilter of(@Nullable String text, @Nullable String provider, @Nullable String state) {
    var errors = new FieldErrors();
    errors.addIf(!PlainText.isLine(text), "text", "must have no control characters.");
    errors.addIf(!PlainText.isLine(provider), "provider", "must have no control characters.");
    errors.throwIfAny();
    return new UserFilter(value(text), value(provider), State.ofCode(state));
  }

  private static @Nullable String value(@Nullable String text) {
    return text == null || text.isBlank() ? null : text.strip();
  }

  Condition condition() {
    Condition wanted =
        switch (state) {
          case ALL -> Condition.ANY;
          case ACTIVE -> Condition.of("u.deactivated_at is null");
          case DEACTIVATED -> Condition.of("u.deactivated_at is not null");
        };
    wanted = wanted.andIs("u.provider_id", provider);
    return text == null ? wanted : wanted.and(HAS_TEXT, text);
  }
}
