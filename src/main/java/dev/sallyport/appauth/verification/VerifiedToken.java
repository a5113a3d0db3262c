package dev.sallyport.appauth.verification;

import dev.sallyport.crypto.TokenHash;
import dev.sallyport.jose.Claims;
import dev.sallyport.jose.SigningAlgorithm;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A token that passed every check, and what it says. `client` is the first of `azp`, `client_id`,
/// `cid`, `appid`; `act` is the compact form of an [ActorChain]; `email` is there only if it is
/// not known to be unverified; `signature` is absent for a sign-in in the browser, whose own token
/// the sign-in verified and nobody kept for us.
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
    @Nullable Signature signature,
    Claims claims) {
  /// How it was signed, and with which key.
  public record Signature(SigningAlgorithm algorithm, String keyThumbprint) {}

  public VerifiedToken {
    groups = List.copyOf(groups);
    scopes = List.copyOf(scopes);
  }

  /// Whether it stands for a sign-in in the browser, so that there is no token to pass on or trade.
  public boolean isSignIn() {
    return signature == null;
  }
}
