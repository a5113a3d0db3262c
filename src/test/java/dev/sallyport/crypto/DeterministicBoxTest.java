package dev.sallyport.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DeterministicBoxTest {
  private final DeterministicBox box = new DeterministicBox(DeterministicBox.newKey());

  @Test
  void sealWhenSameTextAndContextThenSame() {
    assertThat(box.seal("id", "app")).isEqualTo(box.seal("id", "app")).matches("[A-Za-z0-9_-]+");
    assertThat(box.seal("id", "app")).isNotEqualTo(box.seal("id", "other"));
    assertThat(box.seal("id", "app")).isNotEqualTo(box.seal("id2", "app"));
  }

  @Test
  void openWhenContextIsRightThenTheText() {
    assertThat(box.open(box.seal("id", "app"), "app")).contains("id");
  }

  @Test
  void openWhenAnythingDiffersThenEmpty() {
    String sealed = box.seal("id", "app");
    assertThat(box.open(sealed, "other")).isEmpty();
    assertThat(box.open(sealed + "AA", "app")).isEmpty();
    assertThat(box.open("not base64!", "app")).isEmpty();
    assertThat(box.open("", "app")).isEmpty();
    assertThat(new DeterministicBox(DeterministicBox.newKey()).open(sealed, "app")).isEmpty();
  }
}
