package dev.sallyport.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChangeReaderTest {
  private final FakeFeed feed = new FakeFeed();
  private final ChangeReader reader = new ChangeReader();

  /// What was handed over, in order.
  private List<String> read() throws SQLException {
    List<String> refs = new ArrayList<>();
    reader.read(feed.connection(), change -> refs.add(change.ref()), () -> refs.add("reset"));
    return refs;
  }

  @Test
  void startAtNowThenWhatWasBeforeIsSkipped() throws SQLException {
    feed.commit(1, 10, "old");
    feed.oldestRunning(11);
    reader.startAtNow(feed.connection());
    assertThat(read()).isEmpty();
    feed.commit(2, 11, "new");
    assertThat(read()).containsExactly("new");
  }

  @Test
  void readWhenReadAgainThenEachChangeOnce() throws SQLException {
    feed.commit(1, 10, "a");
    feed.commit(2, 11, "b");
    assertThat(read()).containsExactly("a", "b");
    assertThat(read()).isEmpty();
    feed.oldestRunning(12);
    assertThat(read()).isEmpty();
    assertThat(read()).isEmpty();
  }

  @Test
  void readWhenATransactionCommitsLateThenItIsNotMissed() throws SQLException {
    feed.oldestRunning(10);
    feed.commit(2, 11, "early");
    assertThat(read()).containsExactly("early");
    feed.commit(1, 10, "late");
    feed.oldestRunning(12);
    assertThat(read()).containsExactly("late");
    assertThat(read()).isEmpty();
  }

  @Test
  void readWhenNothingIsThereThenThePositionMovesOn() throws SQLException {
    feed.oldestRunning(20);
    assertThat(read()).isEmpty();
    feed.commit(1, 19, "before the snapshot");
    feed.commit(2, 20, "after");
    assertThat(read()).containsExactly("after");
  }

  @Test
  void readWhenTheConsumerFailsThenTheSameComeAgain() throws SQLException {
    feed.commit(1, 10, "a");
    assertThatThrownBy(
            () ->
                reader.read(
                    feed.connection(),
                    change -> {
                      throw new IllegalStateException("not now");
                    },
                    () -> {}))
        .hasMessage("not now");
    assertThat(read()).containsExactly("a");
  }

  @Test
  void readWhenTheKindIsOfANewerVersionThenResetOnceAndTheOthersGoOn() throws SQLException {
    feed.commit(1, 10, "a");
    feed.commit(2, 11, "NOT_YET_KNOWN", "b");
    feed.commit(3, 12, "c");
    assertThat(read()).containsExactly("a", "reset", "c");
    assertThat(read()).isEmpty();
  }

  // A machine that was suspended: its own clocks stood still.
  @Test
  void readWhenTheDatabaseSawALongGapThenResetFirst() throws SQLException {
    reader.startAtNow(feed.connection());
    feed.forward(Duration.ofMinutes(30));
    assertThat(read()).isEmpty();
    feed.commit(1, 10, "a");
    feed.forward(Duration.ofMinutes(30).plusMillis(1));
    assertThat(read()).containsExactly("reset", "a");
    assertThat(read()).isEmpty();
  }

  @Test
  void readWhenAReadAfterAGapFailsThenTheNextOneResetsAgain() throws SQLException {
    reader.startAtNow(feed.connection());
    feed.forward(Duration.ofHours(1));
    assertThatThrownBy(
            () ->
                reader.read(
                    feed.connection(),
                    change -> {},
                    () -> {
                      throw new IllegalStateException("not now");
                    }))
        .hasMessage("not now");
    assertThat(read()).containsExactly("reset");
  }
}
