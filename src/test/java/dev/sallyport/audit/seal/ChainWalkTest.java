package dev.sallyport.audit.seal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.crypto.HashChain;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ChainWalkTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  private static List<ChainStore.Link> chain(int length) {
    List<ChainStore.Link> links = new ArrayList<>();
    String hash = HashChain.START;
    for (int i = 1; i <= length; i++) {
      String leaf = HashChain.leaf("row " + i);
      hash = HashChain.link(hash, leaf);
      links.add(new ChainStore.Link(i, "aud_" + i, NOON, leaf, hash, true, "row " + i));
    }
    return links;
  }

  private static ChainWalk walk(List<ChainStore.Link> links, ChainStore.Origin origin) {
    ChainWalk walk = new ChainWalk(origin);
    for (ChainStore.Link link : links) {
      if (!walk.take(link)) {
        break;
      }
    }
    return walk;
  }

  private static void assertBroken(List<ChainStore.Link> links, String id, String reason) {
    ChainWalk walk = walk(links, ChainStore.Origin.FIRST);
    Verification.Break broken = Objects.requireNonNull(walk.broken());
    assertThat(broken.row()).isEqualTo(id);
    assertThat(broken.reason()).isEqualTo(reason);
  }

  private static ChainStore.Link with(
      ChainStore.Link link, boolean isPresent, @Nullable String text) {
    return new ChainStore.Link(
        link.position(), link.id(), link.at(), link.leaf(), link.hash(), isPresent, text);
  }

  @Test
  void takeWhenWholeThenHolds() {
    ChainWalk walk = walk(chain(5), ChainStore.Origin.FIRST);
    assertThat(walk.broken()).isNull();
    assertThat(walk.rows()).isEqualTo(5);
    assertThat(walk.hash()).isEqualTo(chain(5).getLast().hash());
  }

  @Test
  void takeWhenRowChangedThenNamesIt() {
    List<ChainStore.Link> links = chain(5);
    links.set(2, with(links.get(2), true, "row three"));
    assertBroken(links, "aud_3", "row-changed");
  }

  @Test
  void takeWhenRowCannotBeReadThenNamesIt() {
    List<ChainStore.Link> links = chain(5);
    links.set(2, with(links.get(2), true, null));
    assertBroken(links, "aud_3", "row-changed");
  }

  @Test
  void takeWhenRowIsGoneThenNamesIt() {
    List<ChainStore.Link> links = chain(5);
    links.set(2, with(links.get(2), false, null));
    assertBroken(links, "aud_3", "row-missing");
  }

  @Test
  void takeWhenRowAndSealAreGoneThenFindsTheGap() {
    List<ChainStore.Link> links = chain(5);
    links.remove(2);
    assertBroken(links, "aud_4", "seal-missing");
  }

  @Test
  void takeWhenRowIsChangedTogetherWithItsLeafThenFindsTheHash() {
    List<ChainStore.Link> links = chain(5);
    ChainStore.Link third = links.get(2);
    String leaf = HashChain.leaf("forged");
    links.set(2, new ChainStore.Link(3, third.id(), NOON, leaf, third.hash(), true, "forged"));
    assertBroken(links, "aud_3", "seal-changed");
  }

  @Test
  void takeWhenRetiredBeforeThenItsRowMayBeGone() {
    List<ChainStore.Link> links = chain(5);
    links.set(2, with(links.get(2), false, null));
    String hash = links.get(1).hash();
    ChainStore.Origin origin = new ChainStore.Origin(2, hash, NOON.plusSeconds(1));
    ChainWalk walk = walk(links.subList(2, 5), origin);
    assertThat(walk.broken()).isNull();
    assertThat(walk.rows()).isEqualTo(2);
    assertThat(walk.position()).isEqualTo(5);
  }
}
