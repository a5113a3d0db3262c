package dev.sallyport.appauth;

import dev.sallyport.appauth.verification.AppFacts;
import dev.sallyport.appauth.verification.RefusalFacts;
import dev.sallyport.persistence.WriteBehind;
import dev.sallyport.problem.ProblemType;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The last refused calls, for whoever must find out why an agent can't get in. Kept off the call's
/// path; under a flood the newest are dropped, the audit counts.
@ApplicationScoped
public class Refusals {
  private static final int CAPACITY = 500;

  @Inject Clock clock;
  @Inject RefusalStore store;

  private WriteBehind<Refusal> queue;

  /// One refused call. Never a token.
  public record Refusal(
      Instant at,
      String appId,
      String app,
      String code,
      @Nullable String iss,
      @Nullable String aud,
      @Nullable String sub,
      @Nullable String kid,
      @Nullable String client,
      String address,
      String check,
      @Nullable String expected,
      @Nullable String found,
      String requestId) {}

  @PostConstruct
  void start() {
    queue = new WriteBehind<>("refusals", CAPACITY, store::write);
  }

  @PreDestroy
  void stop() {
    queue.close();
  }

  /// Queues a refusal; never blocks.
  public void offer(
      AppFacts app, ProblemType code, RefusalFacts facts, String address, String requestId) {
    queue.offer(
        new Refusal(
            clock.instant(),
            app.id(),
            app.name(),
            code.code(),
            facts.iss(),
            facts.aud().isEmpty() ? null : String.join(", ", facts.aud()),
            facts.sub(),
            facts.kid(),
            facts.client(),
            address,
            facts.check(),
            facts.expected(),
            facts.found(),
            requestId));
  }
}
