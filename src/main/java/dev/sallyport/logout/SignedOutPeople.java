package dev.sallyport.logout;

import dev.sallyport.persistence.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.LinkedHashSet;
import java.util.Set;

/// Finds out whose sign-in a logout token ends: one that names only the `sid` names whoever had
/// something from it, be it over by now: what else is theirs may live on.
@ApplicationScoped
class SignedOutPeople {
  @Inject Sql sql;

  /// The subjects.
  Set<String> subjects(LogoutToken token) {
    String subject = token.subject();
    return subject != null
        ? Set.of(subject)
        : new LinkedHashSet<>(
            sql.query(
                """
                select subject from app_session where issuer = ? and sid = ?
                union
                select subject from app_session_ended where issuer = ? and sid = ?
                union
                select subject from console_session
                  where issuer = ? and sid = ? and subject is not null
                """,
                row -> row.text("subject"),
                token.issuer(),
                token.sid(),
                token.issuer(),
                token.sid(),
                token.issuer(),
                token.sid()));
  }
}
