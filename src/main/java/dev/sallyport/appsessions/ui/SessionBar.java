package dev.sallyport.appsessions.ui;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.page.PageVisibility;
import com.vaadin.flow.signals.Signal;
import dev.sallyport.appsessions.SessionFilter;
import dev.sallyport.console.Count;
import dev.sallyport.console.list.ColumnChooser;
import dev.sallyport.console.list.TotalBar;
import dev.sallyport.persistence.Slice;

/// Between filter and list: how many there are, whether the list moves, and what can be done.
final class SessionBar extends TotalBar {
  private final Button waiting = new Button();
  private final Checkbox follow = new Checkbox("Follow live", true);
  private final Button endSelected = new Button();
  private final Button endMatching = new Button();
  private final Signal<PageVisibility> visibility =
      UI.getCurrent().getPage().pageVisibilitySignal();
  private boolean isHidden;
  private long shown;

  SessionBar(ColumnChooser columns, Runnable refresh) {
    waiting.addThemeVariants(ButtonVariant.SMALL);
    waiting.setVisible(false);
    waiting.addClickListener(click -> refresh.run());
    follow.setTooltipText("Show changes as they happen; waits while rows are selected.");
    endSelected.addThemeVariants(ButtonVariant.ERROR);
    endSelected.setVisible(false);
    endMatching.addThemeVariants(ButtonVariant.ERROR, ButtonVariant.TERTIARY);
    endMatching.setVisible(false);
    add(waiting, endSelected, endMatching, follow, columns);
  }

  void onEndSelected(Runnable action) {
    endSelected.addClickListener(click -> action.run());
  }

  void onEndMatching(Runnable action) {
    endMatching.addClickListener(click -> action.run());
  }

  /// A list that nobody looks at, or that was told to stand still, is not refreshed.
  boolean isPaused() {
    return isHidden || !follow.getValue();
  }

  void watchVisibility() {
    Signal.effect(this, () -> isHidden = visibility.get() == PageVisibility.HIDDEN);
  }

  void show(SessionFilter filter, long count) {
    shown = count;
    waiting.setVisible(false);
    say(text(filter, count));
    boolean isUseful = count > 0 && filter.state() != SessionFilter.State.ENDED;
    endMatching.setVisible(isUseful && SessionEnder.mayEndMany() && !filter.isEmpty());
    endMatching.setText("End all that match…");
  }

  private static String text(SessionFilter filter, long count) {
    String kind =
        switch (filter.state()) {
          case LIVE -> "live session";
          case ENDED -> "ended session";
          case ALL -> "session";
        };
    String text = Count.of(count, kind);
    return count > Slice.DEEPEST
        ? text
            + "; the first "
            + Count.plain(Slice.DEEPEST)
            + " are listed, a filter shows the others"
        : text;
  }

  void showWaiting(long count) {
    long more = count - shown;
    waiting.setText(more > 0 ? Count.plain(more) + " new · show" : "Changed · show");
    waiting.setVisible(true);
  }

  void select(int number) {
    endSelected.setVisible(number > 0);
    endSelected.setText("End " + Count.plain(number) + " selected…");
  }
}
