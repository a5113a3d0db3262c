package dev.sallyport.appsessions.ui;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.appsessions.SessionDetails;
import dev.sallyport.appsessions.SessionFilter;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class EndTextsTest {
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
  private static final SessionFilter OF_ALICE =
      new SessionFilter(null, null, "alice", null, null, null, SessionFilter.State.LIVE);

  private static SessionDetails session(String person) {
    return new SessionDetails(
        "s",
        "app_1",
        "wiki",
        "cfg_1",
        "corp",
        "https://idp.example",
        person,
        person,
        "cli",
        null,
        null,
        "",
        null,
        NOW,
        NOW,
        60,
        NOW,
        NOW,
        0,
        0,
        null,
        null,
        null);
  }

  @Test
  void matchingWhenOneThenSpeaksOfOne() {
    assertThat(EndTexts.matching(OF_ALICE, 1).title())
        .isEqualTo("End the one session that matches?");
    assertThat(EndTexts.matching(OF_ALICE, 1).verb()).isEqualTo("End 1 session");
  }

  @Test
  void matchingWhenManyThenCountsThem() {
    assertThat(EndTexts.matching(OF_ALICE, 1_204).title())
        .isEqualTo("End all 1,204 sessions that match?");
    assertThat(EndTexts.matching(OF_ALICE, 1_204).sentence())
        .startsWith("Live sessions where the user begins with “alice”.");
  }

  @Test
  void selectedThenSaysWhose() {
    assertThat(EndTexts.selected(List.of(session("alice")), false).sentence())
        .isEqualTo("alice is using wiki through cli.");
    assertThat(EndTexts.selected(List.of(session("alice"), session("alice")), false).sentence())
        .isEqualTo("All are those of alice.");
    assertThat(EndTexts.selected(List.of(session("alice"), session("bob")), false).sentence())
        .isEqualTo("They belong to 2 people.");
  }
}
