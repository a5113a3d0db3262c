package dev.sallyport.connections;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.oauth2.sdk.AuthorizationGrant;
import dev.sallyport.appauth.verification.VerifiedToken;
import dev.sallyport.appsessions.SessionCache;
import dev.sallyport.appsessions.SessionFixture;
import dev.sallyport.cluster.Change;
import dev.sallyport.cluster.FeedReset;
import dev.sallyport.crypto.Secret;
import dev.sallyport.testing.Await;
import dev.sallyport.testing.MutableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// How long exchanged tokens are kept, for whom, and how many.
class ExchangeCacheTest {
  private static final CredentialSettings SETTINGS =
      settings("https://sts.example/token", "corp", "openid", "api", "r");

  private final MutableClock clock = new MutableClock(Instant.now());
  private final AtomicInteger asked = new AtomicInteger();
  private final ExchangeCache cache = new ExchangeCache();
  private final OwnTokens own = new OwnTokens();
  private final WaitingPlaces places = new WaitingPlaces(4, Duration.ofSeconds(30));
  private volatile Runnable thinking = () -> {};

  /// Gives tokens for ten minutes, and takes as long as a test likes.
  private final class Endpoint extends TokenEndpoint {
    @Override
    FetchedToken ask(
        StoredCredential credential, AuthorizationGrant grant, Map<String, String> more) {
      String number = "t-" + asked.incrementAndGet();
      thinking.run();
      return new FetchedToken(
          new Secret(number), ExchangeCacheTest.this.clock.instant().plus(Duration.ofMinutes(10)));
    }
  }

  @BeforeEach
  void open() {
    cache.endpoint = new Endpoint();
    cache.clock = clock;
    cache.sessions = new SessionCache();
    own.endpoint = cache.endpoint;
    own.clock = clock;
  }

  private static StoredCredential credential(CredentialSettings settings, long revision) {
    return new StoredCredential(
        "app_1", CredentialKind.EXCHANGE, settings, new Secret("s"), revision, Instant.EPOCH);
  }

  private static StoredCredential credential() {
    return credential(SETTINGS, 1);
  }

  /// A verified token of this person, with half an hour to go unless told otherwise.
  private VerifiedToken token(String issuer, String subject, Duration rest) {
    VerifiedToken like = SessionFixture.token(subject);
    Instant now = clock.instant();
    return new VerifiedToken(
        like.hash(),
        like.config(),
        issuer,
        subject,
        subject + "@example.test",
        like.client(),
        null,
        null,
        null,
        List.of(),
        List.of(),
        now,
        now.plus(rest),
        null,
        like.signature(),
        like.claims());
  }

  private VerifiedToken ada() {
    return token("https://idp.example", "ada", Duration.ofMinutes(30));
  }

  private static Secret raw(String claims) {
    return new Secret("head." + claims + ".signature");
  }

  private String get(StoredCredential credential, VerifiedToken token, Secret raw) {
    return cache.get(credential, token, raw, places).value().reveal();
  }

  private String get(VerifiedToken token) {
    return get(credential(), token, raw(token.subject()));
  }

  @Test
  void getWhenTheSubjectTokenEndsFirstThenItEndsWithIt() {
    VerifiedToken brief = token("https://idp.example", "ada", Duration.ofMinutes(2));
    assertThat(cache.get(credential(), brief, raw("ada"), places).until()).isEqualTo(brief.exp());
    clock.forward(Duration.ofMinutes(2).minusSeconds(1));
    assertThat(cache.held(credential(), brief, raw("ada"))).isPresent();
    clock.forward(Duration.ofSeconds(1));
    assertThat(cache.held(credential(), brief, raw("ada"))).isEmpty();
  }

  @Test
  void getWhenTheExchangedTokenEndsFirstThenAnotherOne() {
    assertThat(List.of(get(ada()), get(ada()))).containsOnly("t-1");
    clock.forward(Duration.ofMinutes(10));
    assertThat(get(ada())).isEqualTo("t-2");
  }

  private record Part(String name, CredentialSettings settings, long revision) {
    @Override
    public String toString() {
      return name;
    }
  }

  static List<Part> parts() {
    String endpoint = "https://sts.example/token";
    return List.of(
        new Part("endpoint", settings(endpoint + "2", "corp", "openid", "api", "r"), 1),
        new Part("connector", settings(endpoint, "other", "openid", "api", "r"), 1),
        new Part("scopes", settings(endpoint, "corp", "email", "api", "r"), 1),
        new Part("audience", settings(endpoint, "corp", "openid", "web", "r"), 1),
        new Part("resource", settings(endpoint, "corp", "openid", "api", "s"), 1),
        new Part("revision", settings(endpoint, "corp", "openid", "api", "r"), 2));
  }

  private static CredentialSettings settings(
      String endpoint, String connector, String scope, String audience, String resource) {
    return new CredentialSettings(
        null,
        endpoint,
        "https://sts.example",
        connector,
        "gateway",
        "basic",
        List.of(scope),
        audience,
        resource,
        null,
        null,
        false,
        null,
        null);
  }

  @ParameterizedTest
  @MethodSource("parts")
  void getWhenAPartOfTheSettingDiffersThenAnotherToken(Part part) {
    assertThat(get(credential(SETTINGS, 1), ada(), raw("c"))).isEqualTo("t-1");
    assertThat(get(credential(part.settings(), part.revision()), ada(), raw("c"))).isEqualTo("t-2");
    assertThat(get(credential(SETTINGS, 1), ada(), raw("c"))).isEqualTo("t-1");
  }

  @ParameterizedTest
  @CsvSource({
    "https://other.example, ada, c",
    "https://idp.example, bob, c",
    "https://idp.example, ada, d"
  })
  void getWhenThePersonOrTheClaimsDifferThenAnotherToken(
      String issuer, String subject, String claims) {
    assertThat(get(credential(), ada(), raw("c"))).isEqualTo("t-1");
    VerifiedToken other = token(issuer, subject, Duration.ofMinutes(30));
    assertThat(get(credential(), other, raw(claims))).isEqualTo("t-2");
    assertThat(get(credential(), ada(), new Secret("HEAD.c.another"))).isEqualTo("t-1");
  }

  @Test
  void getWhenVeryManyCallThenNoMoreThanTheCapacityIsKept() {
    for (int i = 0; i < ExchangeCache.MAX_ENTRIES + 500; i++) {
      get(credential(), ada(), raw("c" + i));
    }
    Await.until("some gave way", () -> cache.size() <= ExchangeCache.MAX_ENTRIES);
    assertThat(cache.stats().evictionCount()).isPositive();
  }

  @Test
  void statsThenLooksAreCountedOnce() {
    assertThat(cache.held(credential(), ada(), raw("c"))).isEmpty();
    get(credential(), ada(), raw("c"));
    assertThat(cache.held(credential(), ada(), raw("c"))).isPresent();
    assertThat(cache.stats().missCount()).isEqualTo(1);
    assertThat(cache.stats().hitCount()).isEqualTo(1);
  }

  @Test
  void changedWhenOfAUserThenOnlyTheirsAreForgotten() {
    VerifiedToken bob = token("https://idp.example", "bob", Duration.ofMinutes(30));
    get(ada());
    get(bob);
    cache.changed(new Change(Change.Kind.EXCHANGE_CACHE, "\nada@example.test"));
    assertThat(get(bob)).isEqualTo("t-2");
    assertThat(get(ada())).isEqualTo("t-3");
    cache.changed(new Change(Change.Kind.EXCHANGE_CACHE, "app_2\n"));
    assertThat(get(bob)).isEqualTo("t-2");
    cache.changed(new Change(Change.Kind.EXCHANGE_CACHE, "app_1\n"));
    assertThat(get(bob)).isEqualTo("t-4");
    cache.reset(new FeedReset());
    assertThat(get(bob)).isEqualTo("t-5");
  }

  @Test
  void getWhenForgottenMeanwhileThenItIsNotKept() {
    thinking = () -> cache.drop(null, null);
    assertThat(get(ada())).isEqualTo("t-1");
    thinking = () -> {};
    assertThat(get(ada())).isEqualTo("t-2");
  }

  @Test
  void getWhenForgottenMeanwhileThenWhoAsksAfterwardsGetsAnotherOne() {
    CompletableFuture<String> later = new CompletableFuture<>();
    thinking =
        () -> {
          thinking = () -> {};
          cache.drop(null, null);
          later.completeAsync(() -> get(ada())).orTimeout(30, TimeUnit.SECONDS).join();
        };

    assertThat(get(ada())).isEqualTo("t-1");

    assertThat(later.join()).isEqualTo("t-2");
    assertThat(get(ada())).isEqualTo("t-2");
  }

  @Test
  void getWhenOneEndpointThinksThenNobodyElseWaits() throws Exception {
    waitsForNobody(i -> get(credential(), ada(), raw("c" + i)));
  }

  @Test
  void ownWhenOneEndpointThinksThenNobodyElseWaits() throws Exception {
    waitsForNobody(i -> own.get(credential(SETTINGS, i), places).value().reveal());
  }

  /// The first of them is held up until all others are done; whoever asks for the same joins it.
  private void waitsForNobody(IntFunction<String> get) throws Exception {
    CountDownLatch held = new CountDownLatch(1);
    CountDownLatch begun = new CountDownLatch(1);
    thinking =
        () -> {
          if (begun.getCount() > 0) {
            begun.countDown();
            await(held);
          }
        };
    // Closed last: whoever is held up must be let go first.
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        AutoCloseable _ = held::countDown) {
      var first = CompletableFuture.supplyAsync(() -> get.apply(0), threads);
      await(begun);
      var same = CompletableFuture.supplyAsync(() -> get.apply(0), threads);
      CompletableFuture.runAsync(() -> IntStream.range(1, 500).forEach(get::apply), threads)
          .get(30, TimeUnit.SECONDS);
      held.countDown();
      assertThat(first.get(30, TimeUnit.SECONDS)).isEqualTo("t-1");
      assertThat(same.get(30, TimeUnit.SECONDS)).isEqualTo("t-1");
      assertThat(asked).hasValue(500);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
