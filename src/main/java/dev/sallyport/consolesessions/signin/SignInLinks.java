package dev.sallyport.consolesessions.signin;

import dev.sallyport.authz.Actor;
import dev.sallyport.authz.ActorKind;
import dev.sallyport.authz.Actors;
import dev.sallyport.authz.CallContext;
import dev.sallyport.authz.CredentialReplaced;
import dev.sallyport.authz.NoPermissionNeeded;
import dev.sallyport.consolesessions.ConsoleSessions;
import dev.sallyport.consolesessions.StartedSession;
import dev.sallyport.crypto.RandomTokens;
import dev.sallyport.crypto.Secret;
import dev.sallyport.crypto.TokenHash;
import dev.sallyport.persistence.Sql;
import dev.sallyport.problem.ProblemType;
import dev.sallyport.problem.SallyportException;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Links that sign one browser in, once.
@Stateless
@NoPermissionNeeded("A link is made for oneself, and proves itself.")
public class SignInLinks {
  static final String PREFIX = "sl_";
  private static final Duration LIFETIME = Duration.ofMinutes(10);

  @Inject Sql sql;
  @Inject Clock clock;
  @Inject Actors actors;
  @Inject ConsoleSessions sessions;

  private record Maker(ActorKind kind, String id) {}

  /// Makes a link secret that signs one browser in as the current actor.
  public Secret create() {
    Actor actor = CallContext.current().actor();
    if (actor.isAnonymous()) {
      throw new SallyportException(ProblemType.UNAUTHENTICATED, "This needs an API key.");
    }
    Secret link = RandomTokens.credential(PREFIX);
    sql.update(
        """
        insert into sign_in_link (hash, actor_kind, actor_id, actor_name, expires_at)
        values (?, ?, ?, ?, ?)
        """,
        TokenHash.of(link.reveal()).bytes(),
        actor.kind().code(),
        actor.id(),
        actor.name(),
        clock.instant().plus(LIFETIME));
    return link;
  }

  /// A link that was made with a credential goes with it.
  public void replaced(@Observes CredentialReplaced event) {
    sql.update(
        "delete from sign_in_link where actor_kind = ? and actor_id = ?",
        event.kind().code(),
        event.actorId());
  }

  /// Consumes a link; empty when it is unknown, used, too old, or its maker may not act any more.
  public Optional<StartedSession> start(Secret link, @Nullable String userAgent) {
    return sql.first(
            """
            delete from sign_in_link where hash = ? and expires_at > ?
            returning actor_kind, actor_id
            """,
            row -> new Maker(ActorKind.ofCode(row.text("actor_kind")), row.text("actor_id")),
            TokenHash.of(link.reveal()).bytes(),
            clock.instant())
        .flatMap(maker -> actors.find(maker.kind(), maker.id()))
        .map(actor -> sessions.start(actor, null, userAgent));
  }
}
