package dev.sallyport.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RandomTokensTest {
  @Test
  void idThenPrefixAnd128Bits() {
    assertThat(RandomTokens.id("app_")).matches("app_[A-Za-z0-9_-]{22}");
  }

  @Test
  void credentialThenPrefixAnd256Bits() {
    assertThat(RandomTokens.credential("sp_").reveal()).matches("sp_[A-Za-z0-9_-]{43}");
  }

  @Test
  void bytesThenAsManyAsAskedFor() {
    assertThat(RandomTokens.bytes(5)).hasSize(5);
  }

  @Test
  void idWhenManyThenAllDiffer() {
    assertThat(
            IntStream.range(0, 1_000)
                .mapToObj(_ -> RandomTokens.id(""))
                .collect(Collectors.toSet()))
        .hasSize(1_000);
  }
}
