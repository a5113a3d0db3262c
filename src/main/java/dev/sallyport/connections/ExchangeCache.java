package dev.sallyport.connections;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Scheduler;
import com.github.benmanes.caffeine.cache.stats.CacheStats;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.id.Audience;
import com.nimbusds.oauth2.sdk.token.TokenTypeURI;
import com.nimbusds.oauth2.sdk.token.TypelessAccessToken;
import com.nimbusds.oauth2.sdk.tokenexchange.TokenExchangeGrant;
import dev.sallyport.appauth.verification.VerifiedToken;
import dev.sallyport.appsessions.SessionCache;
import dev.sallyport.cluster.Change;
import dev.sallyport.cluster.FeedReset;
import dev.sallyport.crypto.Secret;
import dev.sallyport.crypto.TokenHash;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Tokens that were exchanged for callers' (RFC 8693), until they end or the caller's does. One
/// exchange at a time for each caller and app, however many calls wait for it.
@ApplicationScoped
class ExchangeCache {
  static final int MAX_ENTRIES = 10_000;

  @Inject TokenEndpoint endpoint;
  @Inject Clock clock;
  @Inject SessionCache sessions;

  /// Everything that decides what comes out. The claims are the caller's; two tokens that say the
  /// same share an entry.
  private record Key(
      String issuer,
      String subject,
      TokenHash claims,
      String appId,
      CredentialSettings settings,
      long revision) {}

  private record Held(FetchedToken token, String username) {}

  /// Who asks after something was forgotten joins nobody who began before.
  private record Flight(Key key, long asOf) {}

  private final Cache<Key, Held> tokens =
      Caffeine.newBuilder()
          .maximumSize(MAX_ENTRIES)
          .expireAfter(Expiry.writing((Key _, Held held) -> lifetime(held)))
          .scheduler(Scheduler.systemScheduler())
          .recordStats()
          .build();
  private final Flights<Flight, Held> flights = new Flights<>();
  private final AtomicLong drops = new AtomicLong();

  private Duration lifetime(Held held) {
    Duration rest = Duration.between(clock.instant(), held.token().until());
    return rest.isNegative() ? Duration.ZERO : rest;
  }

  /// The token that is at hand, if there is one.
  Optional<FetchedToken> held(StoredCredential credential, VerifiedToken token, Secret raw) {
    return Optional.ofNullable(tokens.getIfPresent(key(credential, token, raw)))
        .filter(this::isGood)
        .map(Held::token);
  }

  /// Waits for an exchange where none is at hand; whoever does one takes a place.
  FetchedToken get(
      StoredCredential credential, VerifiedToken token, Secret raw, WaitingPlaces places) {
    var flight = new Flight(key(credential, token, raw), drops.get());
    return flights
        .join(
            flight,
            () -> {
              Held now = tokens.asMap().get(flight.key());
              return now != null && isGood(now)
                  ? now
                  : keep(
                      flight,
                      places.waiting(credential.appId(), () -> exchange(credential, token, raw)));
            })
        .token();
  }

  /// What was forgotten while it was on its way must not come back.
  private Held keep(Flight flight, Held held) {
    tokens.asMap().compute(flight.key(), (_, old) -> drops.get() == flight.asOf() ? held : old);
    // Forgotten between the look and the entry, which the sweep may have passed by then.
    if (drops.get() != flight.asOf()) {
      tokens.asMap().remove(flight.key(), held);
    }
    return held;
  }

  private static Key key(StoredCredential credential, VerifiedToken token, Secret raw) {
    return new Key(
        token.iss(),
        token.subject(),
        TokenHash.of(raw.reveal().split("\\.")[1]),
        credential.appId(),
        credential.settings(),
        credential.revision());
  }

  /// Forgets a token that the app's server would not take, unless there is another one by now.
  void refused(StoredCredential credential, VerifiedToken token, Secret raw, Secret sent) {
    tokens
        .asMap()
        .computeIfPresent(
            key(credential, token, raw),
            (_, held) -> held.token().value().equals(sent) ? null : held);
  }

  private boolean isGood(Held held) {
    return clock.instant().isBefore(held.token().until());
  }

  private Held exchange(StoredCredential credential, VerifiedToken token, Secret raw) {
    CredentialSettings settings = credential.settings();
    String connector = settings.connectorId();
    FetchedToken fetched =
        endpoint.ask(
            credential,
            grant(settings, raw),
            connector == null ? Map.of() : Map.of("connector_id", connector));
    // It speaks for the caller no longer than the caller's own token does.
    Instant until = fetched.until().isBefore(token.exp()) ? fetched.until() : token.exp();
    return new Held(new FetchedToken(fetched.value(), until), token.username());
  }

  private static TokenExchangeGrant grant(CredentialSettings settings, Secret raw) {
    String audience = settings.audience();
    return new TokenExchangeGrant(
        new TypelessAccessToken(raw.reveal()),
        type(settings.subjectTokenType(), TokenTypeURI.ACCESS_TOKEN),
        null,
        null,
        type(settings.requestedTokenType(), TokenTypeURI.ACCESS_TOKEN),
        audience == null ? List.of() : List.of(new Audience(audience)));
  }

  private static TokenTypeURI type(@Nullable String given, TokenTypeURI standard) {
    try {
      return given == null ? standard : TokenTypeURI.parse(given);
    } catch (ParseException e) {
      throw new IllegalStateException("a stored credential names the token type " + given, e);
    }
  }

  /// Forgets the tokens of an app, of a user, or of both; null means any.
  void drop(@Nullable String appId, @Nullable String username) {
    drops.incrementAndGet();
    tokens
        .asMap()
        .entrySet()
        .removeIf(
            entry ->
                (appId == null || appId.equals(entry.getKey().appId()))
                    && (username == null || username.equals(entry.getValue().username())));
  }

  CacheStats stats() {
    return tokens.stats();
  }

  long size() {
    return tokens.estimatedSize();
  }

  void changed(@Observes Change change) {
    if (change.kind() == Change.Kind.EXCHANGE_CACHE) {
      String[] parts = change.ref().split("\n", 2);
      String appId = parts[0].isEmpty() ? null : parts[0];
      String username = parts[1].isEmpty() ? null : parts[1];
      drop(appId, username);
      sessions.forgetUpstreamHeaders(appId, username);
    }
  }

  void reset(@Observes FeedReset reset) {
    drops.incrementAndGet();
    tokens.invalidateAll();
  }
}
