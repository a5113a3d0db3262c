package dev.sallyport.appsessions;

import dev.sallyport.apps.AppService;
import dev.sallyport.persistence.Condition;
import dev.sallyport.problem.ProblemType;
import dev.sallyport.problem.SallyportException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Ends all that a filter matches, within the caller's transaction.
@ApplicationScoped
class BulkEnd {
  /// How many blocks of sign-ins at apps one end may write: a second's work, with openings waiting.
  static final int MOST_BLOCKS = 20_000;

  @Inject SessionStore sessions;
  @Inject SessionList list;
  @Inject SessionEnding ending;
  @Inject AppService apps;

  /// What whoever ends has seen of them: by when, and how many.
  record Seen(@Nullable Instant asOf, @Nullable Long count) {}

  /// Answers how many ended.
  int end(SessionFilter filter, Seen seen, String by) {
    sessions.lockAll();
    Condition where = filter.liveOnly().startedBy(seen.asOf());
    requireNoMore(list.countLive(where), seen.count());
    Ending revoked = Ending.untilNewSignIn(EndReason.REVOKED, by);
    blockPerson(filter, revoked);
    return ending.end(sessions.matching(where), revoked).size();
  }

  private static void requireNoMore(long matching, @Nullable Long expected) {
    if (expected != null && matching > expected) {
      throw new SallyportException(
          ProblemType.COUNT_DIFFERS,
          "The filter matches " + matching + " sessions, you expected " + expected + ".");
    }
  }

  /// Whoever ends the sessions of a person means those too that are not open yet. The sign-ins that
  /// the person has at any app in reach are kept out: a refreshed token may be younger than the
  /// end.
  private void blockPerson(SessionFilter filter, Ending revoked) {
    Whom person = filter.person();
    if (person != null) {
      List<SessionDetails> live = sessions.matching(filter.atAnyApp().liveOnly().condition());
      Set<Whom> atApps = atApps(filter, person);
      requireNotTooMany(atApps.size(), live);
      ending.block(atApps, live, revoked);
    }
  }

  // At one app, or at all, there are no more blocks than sign-ins. At some apps each sign-in needs
  // one for every app: a block names one app or none.
  private static void requireNotTooMany(int apps, List<SessionDetails> live) {
    long signIns = live.stream().flatMap(s -> Stream.ofNullable(s.sid())).distinct().count();
    if (apps > 1 && apps * (1 + signIns) > MOST_BLOCKS) {
      throw new SallyportException(
          ProblemType.TOO_MANY_BLOCKS,
          "%d sign-ins at %d apps take more than %d blocks; give `app` and end them app by app."
              .formatted(signIns, apps, MOST_BLOCKS));
    }
  }

  private Set<Whom> atApps(SessionFilter filter, Whom person) {
    String app = filter.app();
    Set<String> reach = filter.appIds();
    if (app != null) {
      return apps.idOf(app).stream()
          .filter(id -> reach == null || reach.contains(id))
          .map(person::at)
          .collect(Collectors.toSet());
    }
    return reach == null
        ? Set.of(person)
        : reach.stream().map(person::at).collect(Collectors.toSet());
  }
}
