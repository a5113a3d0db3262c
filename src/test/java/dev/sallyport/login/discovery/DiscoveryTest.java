package dev.sallyport.login.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.cluster.Change;
import dev.sallyport.login.discovery.Discovery.Subject;
import dev.sallyport.login.discovery.DiscoveryResult.Failed;
import dev.sallyport.login.discovery.DiscoveryResult.Found;
import dev.sallyport.login.discovery.DiscoveryResult.Reason;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DiscoveryTest {
  private static final Subject FIRST = new Subject("idp_1", 0, "https://idp.example");

  private final Discovery discovery = new Discovery();
  private final List<String> fetched = new ArrayList<>();
  private Duration elapsed = Duration.ZERO;
  private DiscoveryResult answer = found();

  DiscoveryTest() {
    discovery.ticker = () -> elapsed.toNanos();
    discovery.fetcher =
        issuer -> {
          fetched.add(issuer);
          return answer;
        };
  }

  private static Found found() {
    URI url = URI.create("https://idp.example/x");
    return new Found(
        new ProviderMetadata(
            "https://idp.example", url, url, null, url, null, true, List.of(), List.of()));
  }

  @Test
  void ofWhenAskedAgainThenKeptForHalfAnHour() {
    assertThat(discovery.of(FIRST)).isEqualTo(answer);
    elapsed = Discovery.KEPT.minusSeconds(1);
    discovery.of(FIRST);
    assertThat(fetched).hasSize(1);

    elapsed = Discovery.KEPT;
    discovery.of(FIRST);
    assertThat(fetched).hasSize(2);
  }

  @Test
  void ofWhenTheProviderChangedThenAsksAnew() {
    discovery.of(FIRST);
    discovery.of(new Subject("idp_1", 1, "https://new.example"));
    assertThat(fetched).containsExactly("https://idp.example", "https://new.example");
  }

  @Test
  void ofWhenTheFetchFailedThenTriesAgainSoon() {
    answer = new Failed(Reason.UNREACHABLE, "down");
    assertThat(discovery.of(FIRST)).isEqualTo(answer);
    discovery.of(FIRST);
    assertThat(fetched).hasSize(1);

    elapsed = Discovery.COOL_DOWN;
    answer = found();
    assertThat(discovery.of(FIRST)).isEqualTo(answer);
  }

  @Test
  void refreshWhenCalledThenAsksNowAndCountsFromNow() {
    discovery.of(FIRST);
    answer = new Failed(Reason.DOWNGRADED, "HS256 only");
    assertThat(discovery.refresh(FIRST)).isEqualTo(answer);
    assertThat(discovery.of(FIRST)).isEqualTo(answer);
    assertThat(fetched).hasSize(2);
  }

  @Test
  void forgetWhenAProviderChangedThenOnlyThatOne() {
    discovery.of(FIRST);
    discovery.of(new Subject("idp_2", 0, "https://two.example"));
    discovery.forget(new Change(Change.Kind.PROVIDER, "idp_1"));
    discovery.forget(new Change(Change.Kind.ISSUER, "idp_2"));
    discovery.of(FIRST);
    discovery.of(new Subject("idp_2", 0, "https://two.example"));
    assertThat(fetched)
        .containsExactly("https://idp.example", "https://two.example", "https://idp.example");
  }
}
