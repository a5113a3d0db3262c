package dev.sallyport.appsessions;

import dev.sallyport.authz.NoPermissionNeeded;
import dev.sallyport.persistence.Sql;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Ends what a person has, at every app and through every client, within the caller's transaction.
/// Blocks are written even where nothing is live: a token that is under way must not open what was
/// just ended.
@Stateless
@NoPermissionNeeded("Logout and the administration of users have checked who asks.")
public class PersonSessions {
  @Inject Sql sql;
  @Inject SessionStore sessions;
  @Inject SessionEnding ending;
  @Inject BlockStore blocks;

  /// A sign-out at the identity provider. With a `sid` it ends that sign-in and what the person has
  /// without any `sid`; without one, or for the whole person, everything of the person.
  ///
  /// @param subjects whose sign-in it was, as far as anybody knows
  public record PersonLogout(
      String issuer, Set<String> subjects, @Nullable String sid, boolean wholePerson, String by) {
    public PersonLogout {
      if (subjects.isEmpty() && sid == null) {
        throw new IllegalArgumentException("a logout is of a subject, a sid, or both");
      }
    }
  }

  /// A sign-in at the identity provider.
  ///
  /// @param authTime its token's `auth_time`
  /// @param begun when it began here
  public record SignIn(
      String issuer,
      String subject,
      @Nullable String sid,
      @Nullable Instant authTime,
      Instant begun) {}

  /// Whether a sign-out has ended it since it began.
  public boolean isSignedOut(SignIn signIn) {
    return blocks.isSignedOut(signIn);
  }

  /// Waits for openings under way; others wait until the caller's transaction has ended.
  public void holdOpenings() {
    sessions.lockAll();
  }

  /// Ends what the sign-out covers; answers how many sessions that were.
  public int logout(PersonLogout logout) {
    holdOpenings();
    List<SessionDetails> live = new ArrayList<>();
    String sid = logout.sid();
    if (sid != null) {
      live.addAll(signOut(logout, sid));
    }
    if (sid == null || logout.wholePerson()) {
      logout.subjects().forEach(subject -> live.addAll(signOutOfAll(logout, subject)));
    }
    return ending.end(live, EndReason.LOGGED_OUT, logout.by()).size();
  }

  private List<SessionDetails> signOut(PersonLogout logout, String sid) {
    Whom signIn = Whom.signIn(logout.issuer(), sid);
    List<SessionDetails> live = new ArrayList<>(sessions.live(signIn));
    blocks.insert(signIn, terms(live, logout));
    for (String subject : logout.subjects()) {
      Whom nameless = Whom.withoutSid(logout.issuer(), subject);
      List<SessionDetails> more = sessions.live(nameless);
      blocks.insert(nameless, terms(more, logout));
      live.addAll(more);
    }
    return live;
  }

  private List<SessionDetails> signOutOfAll(PersonLogout logout, String subject) {
    Whom everything = Whom.everythingOf(logout.issuer(), subject);
    List<SessionDetails> live = sessions.live(everything);
    BlockStore.Terms terms = terms(live, logout);
    // A refreshed token can be younger than the sign-out and still belong to such a sign-in.
    live.stream()
        .map(SessionDetails::sid)
        .filter(Objects::nonNull)
        .distinct()
        .forEach(sid -> blocks.insert(Whom.signIn(logout.issuer(), sid), terms));
    blocks.insert(everything, terms);
    return live;
  }

  private BlockStore.Terms terms(List<SessionDetails> live, PersonLogout logout) {
    int lead = live.stream().mapToInt(SessionDetails::issuerLeadSeconds).max().orElse(0);
    return blocks.signedInUntilNow(lead, EndReason.LOGGED_OUT, logout.by());
  }

  /// Ends everything of a person and lets nothing of theirs in until [#reactivate]; answers how
  /// many sessions ended.
  public int deactivate(String issuer, String subject, String by) {
    sessions.lockAll();
    Whom everything = Whom.everythingOf(issuer, subject);
    reactivate(issuer, subject);
    blocks.insert(everything, new BlockStore.Terms(null, null, EndReason.DEACTIVATED, by, null));
    return ending.end(sessions.live(everything), EndReason.DEACTIVATED, by).size();
  }

  /// Whether nothing of the person is let in, for as long as nobody lifts that.
  public boolean isBlocked(String issuer, String subject) {
    return sql.first(
            """
            select id from block where issuer = ? and subject = ? and client is null
              and not no_client and app_id is null and sid is null and not no_sid
              and cutoff is null and until is null limit 1
            """,
            row -> row.text("id"),
            issuer,
            subject)
        .isPresent();
  }

  /// Takes the block of a deactivation away; other blocks stay.
  public void reactivate(String issuer, String subject) {
    sql.update(
        "delete from block where issuer = ? and subject = ? and reason = ?",
        issuer,
        subject,
        EndReason.DEACTIVATED.code());
  }
}
