package dev.sallyport.login.discovery;

import dev.sallyport.cluster.Change;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// What the providers say about themselves, kept for half an hour per provider and revision. One
/// caller fetches, the others wait for it.
@ApplicationScoped
public class Discovery {
  static final Duration KEPT = Duration.ofMinutes(30);
  // Those who waited for a fetch that failed don't each try again.
  static final Duration COOL_DOWN = Duration.ofSeconds(5);

  /// The provider that is asked about.
  public record Subject(String id, long revision, String issuer) {}

  private record Answer(long revision, DiscoveryResult result, long nanos) {}

  /// The lock of one provider, and its last answer.
  private static final class Entry {
    private @Nullable Answer last;
  }

  @Inject DiscoveryClient client;

  Function<String, DiscoveryResult> fetcher = issuer -> DiscoveryDocument.broken("not started");
  LongSupplier ticker = System::nanoTime;
  private final Map<String, Entry> entries = new ConcurrentHashMap<>();

  @PostConstruct
  void start() {
    fetcher = client::fetch;
  }

  public DiscoveryResult of(Subject provider) {
    Entry entry = entry(provider);
    synchronized (entry) {
      Answer last = entry.last;
      return last != null && last.revision == provider.revision && isFresh(last)
          ? last.result
          : fetch(entry, provider);
    }
  }

  /// Asks now, whatever is kept.
  public DiscoveryResult refresh(Subject provider) {
    Entry entry = entry(provider);
    synchronized (entry) {
      return fetch(entry, provider);
    }
  }

  void forget(@Observes Change change) {
    if (change.kind() == Change.Kind.PROVIDER) {
      entries.remove(change.ref());
    }
  }

  private Entry entry(Subject provider) {
    return entries.computeIfAbsent(provider.id, id -> new Entry());
  }

  private DiscoveryResult fetch(Entry entry, Subject provider) {
    DiscoveryResult result = fetcher.apply(provider.issuer);
    entry.last = new Answer(provider.revision, result, ticker.getAsLong());
    return result;
  }

  private boolean isFresh(Answer answer) {
    Duration limit = answer.result instanceof DiscoveryResult.Found ? KEPT : COOL_DOWN;
    return ticker.getAsLong() - answer.nanos < limit.toNanos();
  }
}
