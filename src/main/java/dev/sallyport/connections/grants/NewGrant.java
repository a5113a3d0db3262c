package dev.sallyport.connections.grants;

import java.util.Set;
import java.util.TreeSet;

/// What a finished sign-in at an authorization server brings into the vault.
///
/// @param oauthClient the id of the client of ours that the tokens belong to, not its `client_id`
/// @param appId the app that it was made for
/// @param username the person, as people know them
/// @param asked the scopes that were asked for; the granted ones where the answer names none
public record NewGrant(
    GrantKey key,
    String oauthClient,
    String appId,
    String username,
    Set<String> asked,
    Tokens tokens) {

  /// RFC 6749 section 5.1: an answer without scopes grants what was asked for.
  public Set<String> granted() {
    Set<String> named = tokens.scopes();
    return new TreeSet<>(named == null ? asked : named);
  }
}
