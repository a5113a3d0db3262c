package dev.sallyport.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SliceTest {
  @Test
  void sliceWhenWithinBoundsThenAsAsked() {
    assertThat(new Slice(5_000, 200))
        .extracting(Slice::offset, Slice::limit)
        .containsExactly(5_000, 200);
  }

  @Test
  void sliceWhenBeyondBoundsThenCutToThem() {
    assertThat(new Slice(5_001, 201)).isEqualTo(new Slice(5_000, 200));
    assertThat(new Slice(-1, -1)).isEqualTo(new Slice(0, 0));
  }
}
