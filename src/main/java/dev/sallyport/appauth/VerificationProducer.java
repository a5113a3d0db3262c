package dev.sallyport.appauth;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.sallyport.appauth.verification.OwnIssuers;
import dev.sallyport.appauth.verification.TokenVerifier;
import dev.sallyport.config.Settings;
import dev.sallyport.http.FetchRequest;
import dev.sallyport.http.FetchResult;
import dev.sallyport.http.OutboundException;
import dev.sallyport.http.OutboundHttp;
import dev.sallyport.jose.JwksCache;
import dev.sallyport.jose.JwksUnavailableException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Clock;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// Makes the verifier and its key cache.
@ApplicationScoped
public class VerificationProducer {
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  @Inject OutboundHttp outbound;
  @Inject Instance<Trust> trust;

  @Produces
  @Singleton
  JwksCache jwksCache(Clock clock) {
    var machinery = new JwksCache.Machinery(this::fetch, threads, Ticker.systemTicker(), clock);
    return new JwksCache(machinery, url -> trust.get().keyVanished(url));
  }

  void close(@Disposes JwksCache cache) {
    threads.shutdownNow();
  }

  @Produces
  @Singleton
  TokenVerifier verifier(JwksCache keys, Settings settings, Clock clock) {
    return new TokenVerifier(keys, OwnIssuers.under(settings.publicBase()), clock);
  }

  private String fetch(URI url) throws JwksUnavailableException {
    try {
      FetchResult result =
          outbound.fetch(
              FetchRequest.get(url)
                  .header("Accept", "application/jwk-set+json, application/json")
                  .maxBytes(JwksCache.MAX_LENGTH));
      if (!result.isOk()) {
        throw new JwksUnavailableException("the server answered with status " + result.status());
      }
      return result.text();
    } catch (OutboundException e) {
      throw new JwksUnavailableException(String.valueOf(e.getMessage()));
    }
  }
}
