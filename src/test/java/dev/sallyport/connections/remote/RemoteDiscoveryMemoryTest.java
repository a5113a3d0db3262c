package dev.sallyport.connections.remote;

import static dev.sallyport.connections.remote.Remote.UNSET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.problem.SallyportException;
import dev.sallyport.testing.Await;
import dev.sallyport.testing.RemoteMcp;
import dev.sallyport.testing.RemoteMcp.Reply;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RemoteDiscoveryMemoryTest {
  private final Remote remote = new Remote();
  private final RemoteMcp mcp = RemoteMcp.start();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicLong now = new AtomicLong();
  private final Remembered<String, Integer> remembered = new Remembered<>(threads, now::get);
  private final AtomicInteger fetches = new AtomicInteger();

  @AfterEach
  void stop() {
    threads.close();
    mcp.close();
    remote.close();
  }

  private int get() {
    return remembered.get("key", fetches::incrementAndGet);
  }

  private void pass(Duration time) {
    now.addAndGet(time.toNanos());
  }

  @Test
  void getWithinThirtyMinutesThenNothingIsFetchedAgain() {
    assertThat(get()).isEqualTo(1);
    pass(Duration.ofMinutes(30).minusSeconds(1));
    assertThat(get()).isEqualTo(1);
    // The cache notes the time of an answer a moment after whoever waited for it has it.
    Await.until(
        "it is over",
        () -> {
          pass(Duration.ofSeconds(2));
          return get() == 2;
        });
  }

  @Test
  void getWhenTheFetchFailedThenItIsTriedAgainAfterAMoment() {
    String fault = "It is down.";
    assertThatThrownBy(() -> remembered.get("key", () -> fail(fault))).hasMessage(fault);
    assertThatThrownBy(this::get).hasMessage(fault);
    pass(Duration.ofSeconds(6));
    assertThat(get()).isEqualTo(1);
  }

  private static int fail(String fault) {
    throw new DiscoveryException(fault, true);
  }

  @Test
  void getWhenManyWaitThenOneFetchServesAll() throws Exception {
    CountDownLatch held = new CountDownLatch(1);
    List<CompletableFuture<Integer>> answers =
        IntStream.range(0, 50)
            .mapToObj(
                _ ->
                    CompletableFuture.supplyAsync(
                        () -> remembered.get("key", () -> slow(held)), threads))
            .toList();
    held.countDown();
    for (CompletableFuture<Integer> answer : answers) {
      assertThat(answer.get(30, TimeUnit.SECONDS)).isEqualTo(1);
    }
  }

  private int slow(CountDownLatch held) {
    try {
      assertThat(held.await(30, TimeUnit.SECONDS)).isTrue();
      return fetches.incrementAndGet();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void discoverWhenAskedAgainThenOnlyAChangeOfTheAppAsksTheServer() {
    remote.of(mcp.url());
    int first = mcp.asked().size();
    remote.of(mcp.url());
    assertThat(mcp.asked()).hasSize(first);
    remote.discovery.discover(Remote.app(mcp.url(), 2), UNSET);
    assertThat(mcp.asked()).hasSize(2 * first);
  }

  @Test
  void discoverWhenAChallengeAskedForMoreThenALaterOneDoesNot() {
    remote.of(mcp.url(), UNSET, new Challenge(null, List.of("admin"), "insufficient_scope"));
    assertThat(remote.of(mcp.url()).scopes()).containsExactly("read", "write");
  }

  @Test
  void discoverWhenTheServersAreDownThenTheLastAnswerServes() {
    RemoteResource found = remote.of(mcp.url());
    mcp.close();
    assertThat(remote.discovery.discover(Remote.app(mcp.url(), 2), UNSET)).isEqualTo(found);
    ConnectionSettings others = Remote.pinned(mcp.issuer() + "/other");
    assertThat(remote.fault(mcp.url(), others)).contains("127.0.0.1");
  }

  @Test
  void getNewerThenOnlyWhatIsOldIsFetchedAgain() {
    assertThat(get()).isEqualTo(1);
    assertThat(newer()).isEqualTo(1);
    pass(Duration.ofSeconds(61));
    assertThat(get()).isEqualTo(1);
    assertThat(newer()).isEqualTo(2);
    assertThat(get()).isEqualTo(2);
  }

  private int newer() {
    return remembered.getNewer("key", Duration.ofMinutes(1), fetches::incrementAndGet);
  }

  @Test
  void discoverWhenTheServersComeBackThenTheReportSaysSo() {
    mcp.on("/.well-known/oauth-authorization-server", _ -> Reply.status(503));
    assertThat(remote.discovery.report(Remote.app(mcp.url()), UNSET).resource()).isNull();
    mcp.on("/.well-known/oauth-authorization-server", _ -> Reply.json(mcp.metadata()));
    assertThat(remote.discovery.report(Remote.app(mcp.url()), UNSET).resource()).isNotNull();
  }

  @Test
  void serverWhenAskedWithAndWithoutSlashThenOneFetch() {
    assertThat(remote.discovery.server(mcp.issuer()).issuer()).isEqualTo(mcp.issuer());
    assertThat(remote.discovery.server(mcp.issuer() + "/").issuer()).isEqualTo(mcp.issuer());
    assertThat(mcp.asked()).hasSize(1);
  }

  @Test
  void serverWhenItIsGoneThenRefuses() {
    mcp.on("/.well-known/oauth-authorization-server", _ -> Reply.status(500));
    assertThatThrownBy(() -> remote.discovery.server(mcp.issuer()))
        .isInstanceOf(SallyportException.class)
        .hasMessageContaining("status 500");
  }
}
