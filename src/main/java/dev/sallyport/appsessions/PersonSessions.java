package dev.sallyport.appsessions;

import dev.sallyport.authz.NoPermissionNeeded;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Ends what a person has, at every app and through every client, within the caller's transaction.
/// Blocks are written even where nothing is live: a token that is under way must not open what was
/// just ended.
@Stateless
@NoPermissionNeeded("Logout and the administration of users have checked who asks.")
public class PersonSessions {
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

    private Set<Whom> whom() {
      Set<Whom> all = new LinkedHashSet<>();
      if (sid != null) {
        all.add(Whom.signIn(issuer, sid));
        subjects.forEach(subject -> all.add(Whom.withoutSid(issuer, subject)));
      }
      if (sid == null || wholePerson) {
        subjects.forEach(subject -> all.add(Whom.everythingOf(issuer, subject)));
      }
      return all;
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
    Ending signedOut = Ending.untilNewSignIn(EndReason.LOGGED_OUT, logout.by());
    return ending.endEverybody(logout.whom(), signedOut).size();
  }

  /// Ends everything of a person and lets nothing of theirs in until [#reactivate]; answers how
  /// many sessions ended.
  public int deactivate(String issuer, String subject, String by) {
    holdOpenings();
    reactivate(issuer, subject);
    Set<Whom> everything = Set.of(Whom.everythingOf(issuer, subject));
    return ending.endEverybody(everything, Ending.until(null, EndReason.DEACTIVATED, by)).size();
  }

  /// Whether nothing of the person is let in, for as long as nobody lifts that.
  public boolean isBlocked(String issuer, String subject) {
    return blocks.isBlockedForGood(issuer, subject);
  }

  /// Takes the block of a deactivation away; other blocks stay.
  public void reactivate(String issuer, String subject) {
    blocks.deleteDeactivation(issuer, subject);
  }
}
