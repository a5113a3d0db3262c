package dev.sallyport.gateway.routes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.gateway.health.Circuit;
import dev.sallyport.gateway.relay.Egress;
import dev.sallyport.gateway.relay.RelaySettings;
import dev.sallyport.gateway.relay.UpstreamPool;
import dev.sallyport.gateway.relay.UpstreamTarget;
import dev.sallyport.gateway.relay.WaitCounts;
import dev.sallyport.gateway.relay.WaitingRoom;
import java.net.InetAddress;
import java.net.URI;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;

class ChoiceTest {
  private final UpstreamPool a = upstream("up_a");
  private final UpstreamPool b = upstream("up_b");
  private final UpstreamPool c = upstream("up_c");

  private static UpstreamPool upstream(String id) {
    return upstream(id, System::nanoTime);
  }

  private static UpstreamPool upstream(String id, LongSupplier nanos) {
    try {
      Egress egress =
          new Egress(
              RelaySettings.defaults(),
              (host, port) -> InetAddress.getLoopbackAddress(),
              Runnable::run,
              SSLContext.getDefault());
      return new UpstreamPool(
          new UpstreamTarget(id, URI.create("http://127.0.0.1:1/")),
          egress,
          new Circuit(Clock.systemUTC(), nanos),
          new WaitingRoom(0, new WaitCounts()));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  private static void down(UpstreamPool upstream) {
    for (int i = 0; i < 3; i++) {
      upstream.circuit().unreachable("connect failed");
    }
  }

  private static void failing(UpstreamPool upstream) {
    for (int i = 0; i < 10; i++) {
      upstream.circuit().answered(500);
    }
  }

  private static Set<UpstreamPool> firsts(UpstreamPool... upstreams) {
    Set<UpstreamPool> firsts = new HashSet<>();
    for (int i = 0; i < 500; i++) {
      List<UpstreamPool> order = Choice.any(List.of(upstreams));
      if (!order.isEmpty()) {
        firsts.add(order.getFirst());
      }
    }
    return firsts;
  }

  @Test
  void anyWhenAllAreHealthyThenEachComesFirstAndAllAreTried() {
    assertThat(firsts(a, b, c)).containsExactlyInAnyOrder(a, b, c);
    assertThat(Choice.any(List.of(a, b, c))).containsExactlyInAnyOrder(a, b, c);
  }

  @Test
  void anyWhenOneIsDownThenItIsLeftOut() {
    down(b);

    assertThat(firsts(a, b, c)).containsExactlyInAnyOrder(a, c);
    assertThat(Choice.any(List.of(a, b, c))).containsExactlyInAnyOrder(a, c);
  }

  @Test
  void anyWhenAllAreDownThenNone() {
    down(a);
    down(b);

    assertThat(Choice.any(List.of(a, b))).isEmpty();
    assertThat(Choice.any(List.of(a))).isEmpty();
  }

  @Test
  void anyWhenOneIsFailingThenItComesLast() {
    failing(a);

    for (int i = 0; i < 50; i++) {
      assertThat(Choice.any(List.of(a, b, c)).getLast()).isSameAs(a);
    }
  }

  @Test
  void anyWhenOnlyAFailingOneIsLeftThenItServes() {
    failing(a);
    down(b);

    assertThat(Choice.any(List.of(a, b))).containsExactly(a);
    assertThat(Choice.any(List.of(a))).containsExactly(a);
  }

  @Test
  void anyWhenOneWarmsUpThenItGetsFewCalls() {
    down(a);
    a.circuit().reached();
    Map<UpstreamPool, Integer> counts = new HashMap<>();

    for (int i = 0; i < 2_000; i++) {
      counts.merge(Choice.any(List.of(a, b)).getFirst(), 1, Integer::sum);
    }

    assertThat(counts.get(a)).isBetween(10, 500);
  }

  @Test
  void byKeyWhenKeyIsTheSameThenSoIsTheOrder() {
    List<UpstreamPool> order = Choice.byKey(List.of(a, b, c), 4711);

    assertThat(Choice.byKey(List.of(c, b, a), 4711)).isEqualTo(order);
  }

  @Test
  void byKeyWhenKeysDifferThenAllUpstreamsServe() {
    Map<UpstreamPool, Integer> counts = new HashMap<>();
    for (int key = 0; key < 3_000; key++) {
      counts.merge(
          Choice.byKey(List.of(a, b, c), ("k" + key).hashCode()).getFirst(), 1, Integer::sum);
    }

    assertThat(counts.values()).hasSize(3).allMatch(count -> count > 700);
  }

  @Test
  void byKeyWhenOneGoesDownThenOnlyItsKeysMove() {
    List<UpstreamPool> before = new ArrayList<>();
    for (int key = 0; key < 200; key++) {
      before.add(Choice.byKey(List.of(a, b, c), key).getFirst());
    }
    down(b);

    for (int key = 0; key < 200; key++) {
      UpstreamPool after = Choice.byKey(List.of(a, b, c), key).getFirst();
      assertThat(after).isNotSameAs(b);
      if (before.get(key) != b) {
        assertThat(after).isSameAs(before.get(key));
      }
    }
  }

  @Test
  void byKeyWhenTheFirstIsFailingThenAnotherComesFirst() {
    UpstreamPool first = Choice.byKey(List.of(a, b, c), 4711).getFirst();
    failing(first);

    assertThat(Choice.byKey(List.of(a, b, c), 4711).getLast()).isSameAs(first);
  }

  @Test
  void byKeyWhenOneWarmsUpThenFewOfItsKeysAreBackAndStay() {
    AtomicLong nanos = new AtomicLong();
    UpstreamPool warming = upstream("up_w", nanos::get);
    List<UpstreamPool> all = List.of(warming, b, c);
    List<Integer> keys =
        IntStream.range(0, 3_000)
            .map(i -> ("k" + i).hashCode())
            .filter(key -> Choice.byKey(all, key).getFirst() == warming)
            .boxed()
            .toList();
    down(warming);
    warming.circuit().reached();

    List<Integer> first = keysAt(warming, all, keys);
    assertThat(first).hasSizeBetween(keys.size() / 50, keys.size() / 4);
    assertThat(Choice.byKey(all, 4711)).containsExactlyInAnyOrder(warming, b, c);

    nanos.addAndGet(Duration.ofSeconds(15).toNanos());
    List<Integer> later = keysAt(warming, all, keys);
    assertThat(later).containsAll(first).hasSizeBetween(keys.size() / 3, keys.size() * 3 / 4);

    nanos.addAndGet(Duration.ofSeconds(15).toNanos());
    assertThat(keysAt(warming, all, keys)).isEqualTo(keys);
  }

  private static List<Integer> keysAt(
      UpstreamPool upstream, List<UpstreamPool> all, List<Integer> keys) {
    return keys.stream().filter(key -> Choice.byKey(all, key).getFirst() == upstream).toList();
  }
}
