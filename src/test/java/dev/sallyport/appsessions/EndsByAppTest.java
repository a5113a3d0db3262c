package dev.sallyport.appsessions;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class EndsByAppTest implements EndsByApp.Listener {
  private final Queue<Runnable> threads = new ArrayDeque<>();
  private final List<String> told = new ArrayList<>();
  private final List<List<String>> questions = new ArrayList<>();
  private boolean isBroken;
  private final EndsByApp ends = new EndsByApp(this::appsOf, threads::add, this);

  private Map<String, String> appsOf(List<String> ids) {
    questions.add(ids);
    if (isBroken) {
      throw new IllegalStateException("no database");
    }
    return Map.of("aas_1", "app_1", "aas_2", "app_2");
  }

  @Override
  public void ended(String sessionId, String appId) {
    told.add(sessionId + " " + appId);
  }

  @Override
  public void lost() {
    told.add("lost");
  }

  @Test
  void addWhenSeveralComeThenOneQuestionAndInOrder() {
    ends.add("aas_2");
    ends.add("aas_1");
    assertThat(threads).hasSize(1);
    assertThat(ends.isUpToDate()).isFalse();

    threads.remove().run();

    assertThat(told).containsExactly("aas_2 app_2", "aas_1 app_1");
    assertThat(questions).hasSize(1);
    assertThat(ends.isUpToDate()).isTrue();
  }

  @Test
  void addWhenTheFirstAreToldThenTheNextAreToo() {
    ends.add("aas_1");
    threads.remove().run();

    ends.add("aas_2");
    threads.remove().run();

    assertThat(told).containsExactly("aas_1 app_1", "aas_2 app_2");
  }

  @Test
  void addWhenTheAppCanNotBeReadThenSaysSoAndGoesOn() {
    isBroken = true;
    ends.add("aas_1");
    threads.remove().run();
    assertThat(told).containsExactly("lost");
    assertThat(ends.isUpToDate()).isTrue();

    isBroken = false;
    ends.add("aas_2");
    threads.remove().run();

    assertThat(told).containsExactly("lost", "aas_2 app_2");
  }

  @Test
  void addWhenManyMoreThanABatchThenAllAreAskedFor() {
    for (int i = 0; i < 2_500; i++) {
      ends.add("aas_" + i);
    }

    threads.remove().run();

    assertThat(questions.stream().mapToInt(List::size).sum()).isEqualTo(2_500);
    assertThat(questions).allMatch(ids -> ids.size() <= 1_000);
    assertThat(ends.isUpToDate()).isTrue();
  }
}
