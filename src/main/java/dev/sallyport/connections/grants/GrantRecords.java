package dev.sallyport.connections.grants;

import dev.sallyport.authz.NoPermissionNeeded;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;

/// Writes down what happens in a refresh, each in a transaction of its own: what a server did can't
/// be rolled back.
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
@NoPermissionNeeded("The refresh of a grant; no actor asks for it.")
public class GrantRecords {
  @Inject GrantWriter writer;
  @Inject GrantStore store;
  @Inject GrantEnding ending;
  @Inject Clock clock;

  /// A refresh is about to be sent.
  public void sending(StoredGrant grant) {
    writer.sending(grant.id(), clock.instant());
  }

  /// Tokens came; answers what a call gets now.
  public GrantToken refreshed(StoredGrant grant, Tokens tokens) {
    if (!writer.refreshed(grant, tokens, clock.instant())) {
      writer.cameTooLate(grant, tokens, clock.instant());
    }
    return token(grant);
  }

  /// None came, but they may later.
  public GrantToken failed(StoredGrant grant, GrantWriter.Failure failure) {
    writer.failed(grant, failure, clock.instant());
    return token(grant);
  }

  /// None will ever come, unless there was a new sign-in meanwhile.
  public GrantToken over(StoredGrant grant, GrantEnd reason) {
    ending.endAsRead(grant, reason);
    return token(grant);
  }

  private GrantToken token(StoredGrant grant) {
    return store
        .byId(grant.id())
        .map(now -> now.token(clock.instant()))
        .orElseGet(GrantToken.Missing::new);
  }
}
