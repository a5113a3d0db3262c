package dev.sallyport.connections.grants;

import dev.sallyport.authz.NoPermissionNeeded;
import dev.sallyport.connections.clients.ClientKind;
import dev.sallyport.connections.clients.OAuthClient;
import dev.sallyport.connections.clients.OAuthClients;
import dev.sallyport.connections.remote.AuthorizationServer;
import dev.sallyport.connections.remote.RemoteDiscovery;
import dev.sallyport.crypto.Secret;
import dev.sallyport.persistence.Sql;
import dev.sallyport.problem.SallyportException;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Refreshes a grant under its lock, which no other node holds at the same time. The transaction
/// only carries the lock; what comes of it is written beside it.
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
@NoPermissionNeeded("The gateway refreshes; whoever asks for it was checked.")
public class GrantRefresh {
  // An upstream that refuses a token this new would refuse the next one, too.
  private static final int MOST_SAVES = 10;
  private static final Duration BRAND_NEW = Duration.ofMinutes(1);

  @Inject Sql sql;
  @Inject Clock clock;
  @Inject GrantStore store;
  @Inject GrantRecords records;
  @Inject TokenCalls calls;
  @Inject RefreshLog log;
  @Inject RemoteDiscovery discovery;
  @Inject OAuthClients clients;

  /// Why a grant is to be refreshed.
  ///
  /// @param refused the access token that the upstream would not take
  /// @param now whether it shall be done although it is not time for it
  record Wish(@Nullable Secret refused, boolean now) {
    static final Wish WHEN_DUE = new Wish(null, false);
    static final Wish NOW = new Wish(null, true);

    static Wish unless(Secret refused) {
      return new Wish(refused, false);
    }
  }

  /// The token after a refresh, or without one when that turns out not to be needed any more; empty
  /// while another node has the lock.
  public Optional<GrantToken> once(String id, Wish wish) {
    if (!sql.tryLock("connection-grant " + id)) {
      return Optional.empty();
    }
    return Optional.of(
        store
            .byId(id)
            .map(grant -> isNeeded(grant, wish) ? refresh(grant, wish) : unchanged(grant))
            .orElseGet(GrantToken.Missing::new));
  }

  private boolean isNeeded(StoredGrant grant, Wish wish) {
    Instant now = clock.instant();
    Secret refused = wish.refused();
    if (grant.isEnded() || (!wish.now() && !grant.mayTry(now))) {
      return false;
    }
    return wish.now()
        || (refused == null ? grant.isDue(now) : Objects.equals(refused, grant.accessToken()));
  }

  private GrantToken unchanged(StoredGrant grant) {
    return grant.token(clock.instant());
  }

  private GrantToken refresh(StoredGrant grant, Wish wish) {
    Secret refreshToken = grant.refreshToken();
    boolean isHopeless =
        wish.refused() != null
            && (refreshToken == null
                || clock.instant().isBefore(grant.refreshedAt().plus(BRAND_NEW)));
    if (isHopeless) {
      return records.over(grant, GrantEnd.TOKEN_REFUSED);
    }
    if (refreshToken == null) {
      return unchanged(grant);
    }
    Optional<OAuthClient> client = clients.byId(grant.oauthClient());
    return client
        .map(known -> withClient(grant, refreshToken, known))
        .orElseGet(() -> records.over(grant, GrantEnd.CLIENT_GONE));
  }

  private GrantToken withClient(StoredGrant grant, Secret refreshToken, OAuthClient client) {
    long start = System.nanoTime();
    try {
      GrantToken token = asked(grant, refreshToken, client);
      log.refreshed(grant, token, System.nanoTime() - start);
      return token;
    } catch (RuntimeException e) {
      log.broke(grant, e, System.nanoTime() - start);
      throw e;
    }
  }

  private GrantToken asked(StoredGrant grant, Secret refreshToken, OAuthClient client) {
    try {
      AuthorizationServer server = discovery.server(grant.key().server());
      records.sending(grant);
      return ask(new Attempt(grant, refreshToken, server, client));
    } catch (SallyportException e) {
      return records.failed(grant, new GrantWriter.Failure(e.detail(), grant.sentAt()));
    }
  }

  private record Attempt(
      StoredGrant grant, Secret refreshToken, AuthorizationServer server, OAuthClient client) {}

  private TokenAnswer send(Attempt attempt) {
    return calls.refresh(
        attempt.server(),
        attempt.client(),
        attempt.refreshToken(),
        attempt.grant().key().resource());
  }

  /// An answer that broke off is asked for once more, at once: servers that rotate refresh tokens
  /// allow a moment for that.
  private GrantToken ask(Attempt attempt) {
    TokenAnswer answer = send(attempt);
    boolean isLost = attempt.grant().sentAt() != null;
    if (answer instanceof TokenAnswer.Unreachable(var detail, var loss)
        && loss == TokenAnswer.Loss.BROKEN_OFF) {
      isLost = true;
      answer = send(attempt);
    }
    return switch (answer) {
      case TokenAnswer.Granted(Tokens tokens) -> save(attempt.grant(), tokens);
      case TokenAnswer.Refused(String code) -> refused(attempt, code, isLost);
      case TokenAnswer.Unreachable(String detail, var loss) -> {
        boolean mayHaveWorked = isLost || loss != TokenAnswer.Loss.NEVER_SENT;
        yield failed(attempt.grant(), detail, mayHaveWorked);
      }
    };
  }

  private GrantToken failed(StoredGrant grant, String error, boolean mayHaveWorked) {
    Instant sentAt = mayHaveWorked ? clock.instant() : null;
    return records.failed(grant, new GrantWriter.Failure(error, sentAt));
  }

  private GrantToken refused(Attempt attempt, String code, boolean isLost) {
    OAuthClient client = attempt.client();
    if (TokenMessages.isFinal(code)) {
      return records.over(
          attempt.grant(), isLost ? GrantEnd.REFRESH_ANSWER_LOST : GrantEnd.REFRESH_REFUSED);
    }
    if (code.equals("invalid_client") && client.kind() == ClientKind.REGISTERED) {
      // Ends this grant with all others of the client.
      clients.forgotten(client);
      return new GrantToken.Ended(GrantEnd.CLIENT_GONE.code());
    }
    return failed(attempt.grant(), "The authorization server answered " + code + ".", false);
  }

  /// The old refresh token may be worth nothing by now: a database that stumbles is given another
  /// chance before the new one is lost.
  private GrantToken save(StoredGrant grant, Tokens tokens) {
    for (int tries = 1; ; tries++) {
      try {
        return records.refreshed(grant, tokens);
      } catch (RuntimeException e) {
        if (tries == MOST_SAVES) {
          throw e;
        }
        log.savesAgain(grant, e);
      }
    }
  }
}
