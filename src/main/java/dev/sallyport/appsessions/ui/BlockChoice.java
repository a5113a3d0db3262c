package dev.sallyport.appsessions.ui;

import com.vaadin.flow.component.select.Select;
import dev.sallyport.appsessions.SessionDetails;
import java.util.Objects;

/// How long to block.
final class BlockChoice extends Select<BlockTime> {
  private BlockChoice(BlockTime... times) {
    setItems(times);
    setItemLabelGenerator(BlockTime::label);
    setValue(times[0]);
    setWidthFull();
  }

  /// For the question whether to end a session that may return by refresh.
  static BlockChoice forSession(SessionDetails session) {
    BlockChoice choice = new BlockChoice(BlockTime.values());
    String client = session.client() == null ? "without a client" : "through " + session.client();
    choice.setLabel("Let nothing of this person in");
    choice.setHelperText(
        "At "
            + session.app()
            + " "
            + client
            + ", also after a new sign-in. Blocks can be lifted under Blocks.");
    return choice;
  }

  static BlockChoice forBlock() {
    BlockChoice choice = new BlockChoice(BlockTime.DAY, BlockTime.WEEK, BlockTime.LIFTED);
    choice.setLabel("How long");
    return choice;
  }

  BlockTime time() {
    return Objects.requireNonNullElse(getValue(), BlockTime.SESSION);
  }
}
