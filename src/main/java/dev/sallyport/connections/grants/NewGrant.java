package dev.sallyport.connections.grants;

import java.util.Set;

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
    Tokens tokens) {}
