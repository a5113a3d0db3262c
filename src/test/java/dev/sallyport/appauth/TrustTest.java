package dev.sallyport.appauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.sallyport.apps.AppDetails;
import dev.sallyport.apps.AppService;
import dev.sallyport.authz.RecordedEvents;
import dev.sallyport.cluster.Change;
import dev.sallyport.cluster.ChangesApplied;
import dev.sallyport.cluster.FeedReset;
import dev.sallyport.issuers.IssuerDetails;
import dev.sallyport.issuers.IssuerService;
import dev.sallyport.jose.JwksCache;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class TrustTest {
  private final RecordedEvents<TrustChanged> told = new RecordedEvents<>();
  private final List<AppDetails> apps = new ArrayList<>();
  private final Trust trust = new Trust();
  private int reads;
  private boolean isDatabaseAway;

  @BeforeEach
  void start() {
    trust.apps =
        new AppService() {
          @Override
          public List<AppDetails> all() {
            reads++;
            if (isDatabaseAway) {
              throw new IllegalStateException("the database is away");
            }
            return List.copyOf(apps);
          }
        };
    trust.issuers =
        new IssuerService() {
          @Override
          public List<IssuerDetails> all() {
            return List.of();
          }
        };
    trust.configs =
        new AppAuthConfigService() {
          @Override
          public List<AppAuthConfigDetails> all() {
            return List.of();
          }
        };
    trust.jwks =
        new JwksCache(
            new JwksCache.Machinery(
                url -> "", Runnable::run, Ticker.systemTicker(), Clock.systemUTC()),
            url -> {});
    trust.changed = told;
  }

  private void add(String app) {
    apps.add(TrustFixture.trust(app).app());
  }

  /// What a read of the feed brings.
  private void read(Change.Kind... kinds) {
    for (Change.Kind kind : kinds) {
      trust.apply(new Change(kind, "x"));
    }
    trust.applied(new ChangesApplied());
  }

  @Test
  void readWhenManyChangesThenRebuiltOnce() {
    add("wiki");

    read(Change.Kind.APP, Change.Kind.ISSUER, Change.Kind.CONFIG, Change.Kind.APP);

    assertThat(reads).isEqualTo(1);
    assertThat(trust.current().app("wiki")).isNotNull();
    assertThat(told.fired()).containsExactly(new TrustChanged(trust.current(), true));
  }

  @ParameterizedTest
  @EnumSource(
      mode = Mode.EXCLUDE,
      names = {"APP", "ISSUER", "CONFIG"})
  void readWhenTrustIsNotMadeOfItThenNothing(Change.Kind kind) {
    read(kind);

    assertThat(reads).isZero();
    assertThat(told.fired()).isEmpty();
  }

  @Test
  void readWhenTheAppsDecideTheSameThenNoDecisionIsVoid() {
    add("wiki");
    read(Change.Kind.APP);

    read(Change.Kind.APP);

    assertThat(told.fired().getLast()).isEqualTo(new TrustChanged(trust.current(), false));
  }

  @Test
  void readWhenAnAppIsServedElsewhereThenNoDecisionIsVoid() {
    add("wiki");
    read(Change.Kind.APP);
    var reported = new AppDetails.UpstreamDetails("up_1", "edge", "http://edge", null, null);
    apps.replaceAll(app -> app.servedBy(List.of(reported)));

    read(Change.Kind.APP);

    assertThat(told.fired().getLast()).isEqualTo(new TrustChanged(trust.current(), false));
  }

  @Test
  void readWhenAnAppComesOrGoesThenDecisionsAreVoid() {
    read(Change.Kind.APP);
    assertThat(told.fired().getLast().voidsDecisions()).isFalse();
    add("wiki");
    read(Change.Kind.APP);
    assertThat(told.fired().getLast().voidsDecisions()).isTrue();
    apps.clear();
    read(Change.Kind.APP);
    assertThat(told.fired().getLast().voidsDecisions()).isTrue();
  }

  @Test
  void readWhenChangesWereMissedThenRebuilt() {
    add("wiki");
    trust.reset(new FeedReset());

    read();

    assertThat(trust.current().app("wiki")).isNotNull();
  }

  @Test
  void readWhenRebuildingFailsThenTheNextOneDoesIt() {
    add("wiki");
    isDatabaseAway = true;
    assertThatThrownBy(() -> read(Change.Kind.APP)).hasMessage("the database is away");
    isDatabaseAway = false;

    read();

    assertThat(trust.current().app("wiki")).isNotNull();
    read();
    assertThat(reads).isEqualTo(2);
  }

  @Test
  void readWhenSomebodyCouldNotTakeItThenToldAgainThatDecisionsAreVoid() {
    add("wiki");
    told.failOnce();
    assertThatThrownBy(() -> read(Change.Kind.APP)).hasMessage("an observer failed");

    read();

    assertThat(told.fired()).containsExactly(new TrustChanged(trust.current(), true));
  }
}
