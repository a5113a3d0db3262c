package dev.sallyport.jose;

import static dev.sallyport.jose.SigningKeys.jwk;
import static dev.sallyport.jose.SigningKeys.jwks;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Executor;

/// A cache over an identity provider, clocks and an executor that the test holds in its hand.
abstract class JwksCacheFixture {
  static final URI URL = URI.create("https://idp.example/jwks");
  static final KeySource SOURCE = new KeySource.Url(URL);
  static final String KEY_A = jwk("RSA/a", "\"kid\":\"a\"");
  static final String KEY_B = jwk("RSA/b", "\"kid\":\"b\"");
  static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  final Queue<Runnable> background = new ArrayDeque<>();
  final List<URI> vanished = new ArrayList<>();
  Executor executor = Runnable::run;
  Duration elapsed = Duration.ZERO;
  String answer = jwks(KEY_A);
  boolean down;
  int fetches;

  final JwksCache cache =
      new JwksCache(
          new JwksCache.Machinery(
              this::fetch,
              task -> executor.execute(task),
              () -> elapsed.toNanos(),
              Clock.fixed(START, ZoneOffset.UTC)),
          vanished::add);

  String fetch(URI url) throws JwksUnavailableException {
    fetches++;
    if (down) {
      throw new JwksUnavailableException("status 503");
    }
    return answer;
  }

  KeyChoice choose(String kid) throws JwksUnavailableException {
    return cache.choose(SOURCE, kid, SigningAlgorithm.RS256);
  }

  void pass(Duration time) {
    elapsed = elapsed.plus(time);
  }
}
