package dev.sallyport.login.flow;

import dev.sallyport.jose.Claims;
import dev.sallyport.problem.ProblemType;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Lets in only whose e-mail address is of one of the provider's domains, where it names any.
final class EmailRule {
  private EmailRule() {}

  /// What is wrong; null when nothing is.
  static @Nullable ProblemType check(Claims claims, List<String> domains) {
    if (domains.isEmpty()) {
      return null;
    }
    String domain = domain(claims.string("email"));
    if (domain == null) {
      return ProblemType.SIGN_IN_EMAIL_MISSING;
    }
    if (claims.isFalse("email_verified")) {
      return ProblemType.SIGN_IN_EMAIL_UNVERIFIED;
    }
    return domains.contains(domain) ? null : ProblemType.SIGN_IN_EMAIL_DOMAIN;
  }

  // Exactly one @ and no blanks: of two readers of another address, one would see another domain.
  private static @Nullable String domain(@Nullable String email) {
    if (email == null || email.chars().anyMatch(Character::isWhitespace)) {
      return null;
    }
    int at = email.indexOf('@');
    boolean isPlain = at > 0 && at == email.lastIndexOf('@') && at < email.length() - 1;
    return isPlain ? email.substring(at + 1).toLowerCase(Locale.ROOT) : null;
  }
}
