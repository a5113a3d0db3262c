package dev.sallyport.appauth.verification;

import dev.sallyport.crypto.TokenHash;
import dev.sallyport.jose.Claims;
import dev.sallyport.jose.SigningAlgorithm;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A token that passed every check, and what it says. `client` is the first of `azp`, `client_id`,
/// `cid`, `appid`; `act` is the compact form of an [ActorChain]; `email` is there only if it is
/// not known to be unverified.
public record VerifiedToken(
    TokenHash hash,
    ConfigFacts config,
    String iss,
    String subject,
    String username,
    @Nullable String client,
    @Nullable String sid,
    @Nullable String act,
    @Nullable String email,
    List<String> groups,
    List<String> scopes,
    Instant iat,
    Instant exp,
    @Nullable Instant authTime,
    SigningAlgorithm algorithm,
    String keyThumbprint,
    Claims claims) {
  public VerifiedToken {
    groups = List.copyOf(groups);
    scopes = List.copyOf(scopes);
  }
}
