package dev.sallyport.appsessions;

import dev.sallyport.persistence.Condition;
import dev.sallyport.problem.FieldErrors;
import dev.sallyport.problem.PlainText;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which blocks; absent members match all. `appIds` are the apps that the reader may see; null for
/// all.
public record BlockFilter(
    @Nullable String issuer,
    @Nullable String subject,
    @Nullable String client,
    @Nullable Set<String> appIds) {

  public static BlockFilter all() {
    return new BlockFilter(null, null, null, null);
  }

  /// Reads the parameters of a query.
  public static BlockFilter of(
      @Nullable String issuer, @Nullable String subject, @Nullable String client) {
    var errors = new FieldErrors();
    errors.addIf(!PlainText.isLine(issuer), "issuer", "must have no control characters.");
    errors.addIf(!PlainText.isLine(subject), "subject", "must have no control characters.");
    errors.addIf(!PlainText.isLine(client), "client", "must have no control characters.");
    errors.throwIfAny();
    return new BlockFilter(value(issuer), value(subject), value(client), null);
  }

  private static @Nullable String value(@Nullable String text) {
    return text == null || text.isBlank() ? null : text.strip();
  }

  /// The same filter over blocks of these apps only.
  BlockFilter within(Set<String> ids) {
    return new BlockFilter(issuer, subject, client, Set.copyOf(ids));
  }

  /// What is over is as good as lifted, though it may not be swept yet.
  Condition condition() {
    return Condition.of("(b.until is null or b.until > clock_timestamp())")
        .andIs("b.issuer", issuer)
        .andIs("b.subject", subject)
        .andIs("b.client", client)
        .andIsOneOf("b.app_id", appIds);
  }
}
