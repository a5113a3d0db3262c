package dev.sallyport.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// The expected values come from `sha256sum`.
class HashChainTest {
  private static final String LEAF =
      "609f6e36d2405585188d5cfd761f407c7cc46a7d3f314c88270469dde315fcd1";

  @Test
  void leafWhenTextThenSha256BehindAZeroByte() {
    assertThat(HashChain.leaf("abc")).isEqualTo(LEAF);
  }

  @Test
  void linkWhenFirstThenSha256BehindAOneByteAndTheStart() {
    assertThat(HashChain.link(HashChain.START, LEAF))
        .isEqualTo("c27a212679c4087c8204da450cd48a458afb85bd7ad1fac07404ab17f313189b");
  }

  @Test
  void linkWhenEitherPartDiffersThenAnotherHash() {
    String hash = HashChain.link(HashChain.START, LEAF);
    assertThat(HashChain.link(LEAF, LEAF)).isNotEqualTo(hash);
    assertThat(HashChain.link(HashChain.START, HashChain.leaf("abd"))).isNotEqualTo(hash);
  }
}
