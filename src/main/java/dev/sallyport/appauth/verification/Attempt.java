package dev.sallyport.appauth.verification;

import static java.util.Objects.requireNonNull;

import dev.sallyport.appauth.verification.Rule.Part;
import dev.sallyport.crypto.TokenHash;
import dev.sallyport.jose.Claims;
import dev.sallyport.jose.ParsedToken;
import dev.sallyport.jose.SigningAlgorithm;
import dev.sallyport.jose.TokenHeader;
import dev.sallyport.jose.VerificationKey;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One run of the rules over one token: what goes in, and what the rules have found so far.
final class Attempt {
  final AppFacts app;
  final Collection<ConfigFacts> configs;
  final Instant now;
  private final Set<Part> parts = EnumSet.noneOf(Part.class);
  private @Nullable ParsedToken token;
  private @Nullable TokenHash hash;
  private @Nullable Claims claims;
  private @Nullable ConfigFacts config;
  private @Nullable SigningAlgorithm algorithm;
  private @Nullable VerificationKey key;
  private @Nullable String keyThumbprint;
  private @Nullable String subject;
  private @Nullable String username;
  private @Nullable String act;
  private @Nullable Instant until;

  Attempt(AppFacts app, Collection<ConfigFacts> configs, Instant now) {
    this.app = app;
    this.configs = configs;
    this.now = now;
  }

  boolean has(Set<Part> needed) {
    return parts.containsAll(needed);
  }

  void token(ParsedToken parsed) {
    token = parsed;
    hash = parsed.hash();
    claims = parsed.claims();
    parts.add(Part.TOKEN);
  }

  /// Takes over what was verified before, instead of a raw token.
  void verified(VerifiedToken before) {
    hash = before.hash();
    claims = before.claims();
    until = before.exp();
    parts.add(Part.TOKEN);
    VerifiedToken.Signature signature = before.signature();
    if (signature != null) {
      keyThumbprint = signature.keyThumbprint();
      algorithm = signature.algorithm();
      parts.add(Part.ALGORITHM);
    }
  }

  /// Takes over what a sign-in verified.
  void signedIn(SignInFacts signIn) {
    hash = signIn.hash();
    claims = signIn.claims();
    until = signIn.until();
    parts.add(Part.TOKEN);
  }

  void config(ConfigFacts chosen) {
    config = chosen;
    parts.add(Part.CONFIG);
  }

  void algorithm(SigningAlgorithm named) {
    algorithm = named;
    parts.add(Part.ALGORITHM);
  }

  void audienceFits() {
    parts.add(Part.AUDIENCE);
  }

  void key(VerificationKey found) {
    key = found;
    keyThumbprint = found.thumbprint();
    parts.add(Part.KEY);
  }

  void subject(String found) {
    subject = found;
  }

  void username(String found) {
    username = found;
  }

  void act(@Nullable String found) {
    act = found;
  }

  ParsedToken token() {
    return requireNonNull(token);
  }

  @Nullable TokenHeader header() {
    return token == null ? null : token.header();
  }

  @Nullable Claims claimsIfRead() {
    return claims;
  }

  Claims claims() {
    return requireNonNull(claims);
  }

  @Nullable ConfigFacts configIfChosen() {
    return config;
  }

  ConfigFacts config() {
    return requireNonNull(config);
  }

  SigningAlgorithm algorithm() {
    return requireNonNull(algorithm);
  }

  VerificationKey key() {
    return requireNonNull(key);
  }

  String keyThumbprint() {
    return requireNonNull(keyThumbprint);
  }

  @Nullable String username() {
    return username;
  }

  /// What the token says, once every rule has passed.
  VerifiedToken result(OwnIssuers own) {
    Claims said = claims();
    return new VerifiedToken(
        requireNonNull(hash),
        config(),
        config().issuer().iss(),
        requireNonNull(subject),
        requireNonNull(username),
        TokenFacts.client(said, own),
        said.string("sid"),
        act,
        TokenFacts.email(said),
        said.stringList("groups"),
        TokenFacts.scopes(said),
        requireNonNull(said.instant("iat")),
        requireNonNull(until == null ? said.instant("exp") : until),
        said.instant("auth_time"),
        keyThumbprint == null ? null : new VerifiedToken.Signature(algorithm(), keyThumbprint),
        said);
  }
}
