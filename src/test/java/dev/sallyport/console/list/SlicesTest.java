package dev.sallyport.console.list;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.data.provider.Query;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SlicesTest {
  private final List<String> asked = new ArrayList<>();

  private List<Integer> slice(int offset, int limit) {
    asked.add(offset + "+" + limit);
    return IntStream.range(offset, Math.min(offset + limit, 450)).boxed().toList();
  }

  private List<Integer> fetch(int offset, int limit) {
    return Slices.fetch(new Query<>(offset, limit, List.of(), null, null), this::slice).toList();
  }

  @Test
  void fetchWhenFewAreWantedThenInOnePiece() {
    assertThat(fetch(10, 3)).containsExactly(10, 11, 12);
    assertThat(asked).containsExactly("10+3");
  }

  @Test
  void fetchWhenManyAreWantedThenInPiecesAndEachOnce() {
    assertThat(fetch(50, 401)).containsExactlyElementsOf(IntStream.range(50, 450).boxed().toList());
    assertThat(asked).containsExactly("50+200", "250+200", "450+1");
  }
}
