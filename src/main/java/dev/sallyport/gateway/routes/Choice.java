package dev.sallyport.gateway.routes;

import dev.sallyport.gateway.relay.UpstreamPool;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/// In which order a call tries the upstreams of its app. What is down is left out; what is failing
/// comes last.
final class Choice {
  private static final int SPREAD = 0x9E3779B9;
  private static final int LEFT_OUT = -1;

  private Choice() {}

  /// Another first one for each call, to spread the load.
  static List<UpstreamPool> any(List<UpstreamPool> upstreams) {
    int count = upstreams.size();
    if (count < 2) {
      return count == 0 || upstreams.getFirst().circuit().isDown() ? List.of() : upstreams;
    }
    int first = ThreadLocalRandom.current().nextInt(count);
    List<UpstreamPool> order = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      UpstreamPool upstream = upstreams.get((first + i) % count);
      if (!upstream.circuit().isHealthy()) {
        return byHealth(upstreams);
      }
      order.add(upstream);
    }
    return order;
  }

  /// The same first one for each call of a key as long as it can be had, and few keys move when an
  /// upstream comes or goes (rendezvous hashing).
  static List<UpstreamPool> byKey(List<UpstreamPool> upstreams, int key) {
    if (upstreams.size() < 2) {
      return any(upstreams);
    }
    List<Ranked> order = new ArrayList<>(upstreams.size());
    for (UpstreamPool upstream : upstreams) {
      // Asked once: it may change while they are sorted.
      int tier = tier(upstream, key);
      if (tier != LEFT_OUT) {
        order.add(new Ranked(upstream, tier, rank(upstream, key)));
      }
    }
    order.sort(Comparator.comparingInt(Ranked::tier).thenComparingInt(Ranked::rank));
    return order.stream().map(Ranked::upstream).toList();
  }

  private record Ranked(UpstreamPool upstream, int tier, int rank) {}

  /// Of what warms up, its keys come back one after the other, and stay.
  private static int tier(UpstreamPool upstream, int key) {
    return switch (upstream.circuit().state()) {
      case HEALTHY -> 0;
      case WARMING -> Math.floorMod(mix(key), 100) < upstream.circuit().share() ? 0 : 1;
      case FAILING -> 2;
      case DOWN -> LEFT_OUT;
    };
  }

  private static int rank(UpstreamPool upstream, int key) {
    return mix((upstream.target().id().hashCode() * SPREAD) ^ key);
  }

  private static int mix(int bits) {
    int mixed = (bits ^ (bits >>> 16)) * 0x85EBCA6B;
    mixed = (mixed ^ (mixed >>> 13)) * 0xC2B2AE35;
    return mixed ^ (mixed >>> 16);
  }

  private static List<UpstreamPool> byHealth(List<UpstreamPool> upstreams) {
    List<UpstreamPool> shuffled = new ArrayList<>(upstreams);
    Collections.shuffle(shuffled, ThreadLocalRandom.current());
    List<UpstreamPool> preferred = new ArrayList<>(shuffled.size());
    List<UpstreamPool> spared = new ArrayList<>();
    List<UpstreamPool> failing = new ArrayList<>();
    for (UpstreamPool upstream : shuffled) {
      switch (upstream.circuit().state()) {
        case HEALTHY -> preferred.add(upstream);
        case WARMING -> (isItsTurn(upstream) ? preferred : spared).add(upstream);
        case FAILING -> failing.add(upstream);
        case DOWN -> {}
      }
    }
    preferred.addAll(spared);
    preferred.addAll(failing);
    return preferred;
  }

  private static boolean isItsTurn(UpstreamPool warming) {
    return ThreadLocalRandom.current().nextInt(100) < warming.circuit().share();
  }
}
