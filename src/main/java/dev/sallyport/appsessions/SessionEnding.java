package dev.sallyport.appsessions;

import dev.sallyport.appauth.verification.OwnIssuers;
import dev.sallyport.apps.AppDeleted;
import dev.sallyport.authz.NoPermissionNeeded;
import dev.sallyport.cluster.Change;
import dev.sallyport.cluster.Changes;
import dev.sallyport.config.Settings;
import dev.sallyport.persistence.Sql;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// The one way in which sessions end before their time and their people are kept out. Whoever ends
/// takes the locks first.
@Stateless
@NoPermissionNeeded("Services end sessions after they have checked who asks.")
public class SessionEnding {
  // No config allows a longer session.
  private static final Duration LONGEST_LIFETIME = Duration.ofDays(30);

  @Inject Sql sql;
  @Inject Settings settings;
  @Inject SessionStore sessions;
  @Inject BlockStore blocks;
  @Inject Changes changes;

  /// Ends those of the sessions that are live, and what was opened through them. Blocks the return
  /// of all, also of those that were over: their token must not open the next one. Answers what
  /// ended, the given ones first.
  public List<SessionDetails> end(List<SessionDetails> given, Ending ending) {
    Instant now = sql.now();
    String own = OwnIssuers.under(settings.publicBase()).assertions();
    List<SessionDetails> ended = new ArrayList<>();
    List<SessionDetails> next = given;
    while (!next.isEmpty()) {
      if (ending.back() instanceof Ending.Return.ByNewSignIn) {
        blocks.insert(next.stream().map(SessionEnding::itself).toList(), ending);
      }
      Set<String> live = sessions.endAll(next, now, ending);
      ended.addAll(next.stream().filter(session -> live.contains(session.id())).toList());
      next = sessions.openedThrough(live, own);
    }
    changes.tell(Change.Kind.SESSION_ENDED, ended.stream().map(SessionDetails::id).toList());
    return ended;
  }

  /// What could bring the session back: tokens of the same person, client, app and `sid`, until its
  /// absolute end.
  private static BlockStore.NewBlock itself(SessionDetails s) {
    return new BlockStore.NewBlock(Whom.of(s), s.issuerLeadSeconds(), s.absoluteEnd());
  }

  /// Ends what is live of these, and blocks them.
  public List<SessionDetails> endEverybody(Set<Whom> all, Ending ending) {
    List<SessionDetails> live =
        all.stream().flatMap(whom -> sessions.live(whom).stream()).distinct().toList();
    block(all, live, ending);
    return end(live, Ending.withoutBlock(ending.reason(), ending.by()));
  }

  /// Blocks these, also where nothing is live: a token that is under way must not open what was
  /// just ended. Answers the blocks' ids, those of the given ones first.
  ///
  /// @param live what is known of these people: how far their issuer's clock runs ahead, and which
  ///     sign-ins they have
  public List<String> block(Collection<Whom> all, List<SessionDetails> live, Ending ending) {
    List<BlockStore.NewBlock> written =
        switch (ending.back()) {
          case Ending.Return.AtOnce _ -> List.of();
          case Ending.Return.After after ->
              all.stream().map(whom -> new BlockStore.NewBlock(whom, null, after.time())).toList();
          case Ending.Return.ByNewSignIn _ -> blocksUntilNewSignIn(all, live);
        };
    blocks.insert(written, ending);
    return written.stream().map(BlockStore.NewBlock::id).toList();
  }

  private List<BlockStore.NewBlock> blocksUntilNewSignIn(
      Collection<Whom> all, List<SessionDetails> live) {
    int lead = live.stream().mapToInt(SessionDetails::issuerLeadSeconds).max().orElse(0);
    Instant until = sql.now().plus(LONGEST_LIFETIME);
    // A refreshed token can be younger than the end and still belong to a sign-in before it.
    return Stream.concat(all.stream(), all.stream().flatMap(whom -> whom.signIns(live)))
        .distinct()
        .map(whom -> new BlockStore.NewBlock(whom, lead, until))
        .toList();
  }

  /// Ends those of these that are live, without a block: their people may open others.
  public int endByIds(List<String> ids, EndReason reason, String by) {
    sessions.lockAll();
    List<SessionDetails> given = ids.stream().flatMap(id -> sessions.byId(id).stream()).toList();
    return end(given, Ending.withoutBlock(reason, by)).size();
  }

  /// Ends what was opened through sessions that ended by themselves.
  public void endOpenedThrough(List<String> ids) {
    String own = OwnIssuers.under(settings.publicBase()).assertions();
    end(sessions.openedThrough(ids, own), Ending.withoutBlock(EndReason.EXPIRED, "system"));
  }

  /// An app that is gone has no sessions.
  public void appDeleted(@Observes AppDeleted event) {
    sessions.lockAll();
    end(sessions.liveOfApp(event.appId()), Ending.withoutBlock(EndReason.APP_DELETED, "system"));
  }
}
