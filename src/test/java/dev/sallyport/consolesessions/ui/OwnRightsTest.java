package dev.sallyport.consolesessions.ui;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.roles.Me;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What somebody without a role reads.
class OwnRightsTest {
  private static String text(Me me) {
    return new OwnRights(me, Instant.EPOCH, "the help desk (help@corp.example)")
        .getElement()
        .getTextRecursively();
  }

  @Test
  void rightsWhenThereIsNoRoleThenSaysWhomToAsk() {
    Me nobody = new Me("user", "usr_1", "Ann", List.of(), List.of());

    assertThat(text(nobody))
        .contains("You have no role here")
        .contains("ask the help desk (help@corp.example) for a role such as r-viewer");
  }

  @Test
  void rightsWhenThereIsAPermissionThenAsksNobody() {
    var held = List.of(new Me.HeldPermission("app.read", null));

    assertThat(text(new Me("user", "usr_1", "Ann", held, List.of())))
        .contains("app.read")
        .doesNotContain("help desk");
  }
}
