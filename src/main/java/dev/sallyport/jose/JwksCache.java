package dev.sallyport.jose;

import com.github.benmanes.caffeine.cache.Ticker;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The key sets of all JWKS URLs on this node. A set is refreshed in the background once it is five
/// minutes old, and trusted for at most an hour while the identity provider is down. Only a first
/// load, an hour-old set and an unknown key make a caller wait, and all of them wait for one fetch.
public final class JwksCache {
  /// The largest key set that is read, in characters.
  public static final int MAX_LENGTH = 1024 * 1024;

  static final Duration REFRESH_AFTER = Duration.ofMinutes(5);
  static final Duration COOL_DOWN = Duration.ofSeconds(30);
  static final Duration LAST_GOOD = Duration.ofHours(1);

  /// What the entries share. The executor must not be the pool that the callers run on: they wait
  /// for it.
  public record Machinery(JwksFetcher fetcher, Executor executor, Ticker ticker, Clock clock) {
    KeySet fetch(URI url) throws JwksUnavailableException {
      String json = fetcher.fetch(url);
      if (json.length() > MAX_LENGTH) {
        throw new JwksUnavailableException("the key set is larger than 1 MiB");
      }
      try {
        return KeySet.parse(json);
      } catch (InvalidKeySetException e) {
        throw new JwksUnavailableException("the answer is no usable key set: " + e.reason(), e);
      }
    }
  }

  private final Map<URI, JwksEntry> entries = new ConcurrentHashMap<>();
  private final Machinery machinery;
  private final Consumer<URI> keyVanished;

  /// `keyVanished` is told the URL when a new set lacks a key of the one before.
  public JwksCache(Machinery machinery, Consumer<URI> keyVanished) {
    this.machinery = machinery;
    this.keyVanished = keyVanished;
  }

  /// The keys of a source.
  public KeySet keys(KeySource source) throws JwksUnavailableException {
    return switch (source) {
      case KeySource.Static(KeySet keys) -> keys;
      case KeySource.Url(URI url) -> entry(url).current();
    };
  }

  /// The one key for a token. An unknown key is looked for once more at the URL, but not again
  /// within 30 s, so that forged key ids make no traffic: meanwhile they stay unknown.
  public KeyChoice choose(KeySource source, @Nullable String kid, SigningAlgorithm algorithm)
      throws JwksUnavailableException {
    KeyChoice choice = keys(source).choose(kid, algorithm);
    if (choice instanceof KeyChoice.NotFound
        && source instanceof KeySource.Url(URI url)
        && entry(url).refetchForUnknownKey()) {
      return keys(source).choose(kid, algorithm);
    }
    return choice;
  }

  /// Fetches now, whatever the age, and answers how it went.
  public JwksStatus refreshNow(URI url) {
    entry(url).fetchAndWait();
    return entry(url).status();
  }

  public JwksStatus status(URI url) {
    return entry(url).status();
  }

  /// For a timer: refreshes what is due, so that a vanished key is noticed though no new token
  /// comes, and forgets the URLs that nothing uses any more.
  public void maintain(Collection<URI> inUse) {
    entries.keySet().retainAll(inUse);
    for (URI url : inUse) {
      entry(url).refreshIfDue();
    }
  }

  private JwksEntry entry(URI url) {
    return entries.computeIfAbsent(url, u -> new JwksEntry(u, machinery, keyVanished));
  }
}
