package dev.sallyport.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every seed, and a little noise made of it, through its target.
class SeedsTest {
  private static final Path SEEDS = Path.of("src/test/fuzz");
  private static final int MUTANTS = 200;

  static List<Path> targets() throws IOException {
    try (Stream<Path> targets = Files.list(SEEDS)) {
      return targets.sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("targets")
  void targetWhenFedItsSeedsThenWhatMustHoldHolds(Path target) throws Exception {
    Method run =
        Class.forName(target.getFileName().toString())
            .getMethod("fuzzerTestOneInput", byte[].class);
    List<Path> seeds;
    try (Stream<Path> files = Files.list(target)) {
      seeds = files.sorted().toList();
    }
    assertThat(seeds).isNotEmpty();
    for (Path seed : seeds) {
      byte[] input = Files.readAllBytes(seed);
      // The same noise each time: what fails once fails again.
      Random noise = new Random(seed.getFileName().toString().hashCode());
      assertThatCode(() -> run.invoke(null, (Object) input))
          .as("%s", seed)
          .doesNotThrowAnyException();
      for (int i = 0; i < MUTANTS; i++) {
        byte[] mutant = mutant(input, noise);
        assertThatCode(() -> run.invoke(null, (Object) mutant))
            .as("%s with noise %d", seed, i)
            .doesNotThrowAnyException();
      }
    }
  }

  private static byte[] mutant(byte[] input, Random noise) {
    byte[] mutant = input.clone();
    for (int i = noise.nextInt(4); mutant.length > 0 && i >= 0; i--) {
      mutant[noise.nextInt(mutant.length)] = (byte) noise.nextInt(256);
    }
    return mutant;
  }
}
