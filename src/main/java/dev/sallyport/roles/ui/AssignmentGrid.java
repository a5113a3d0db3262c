package dev.sallyport.roles.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import dev.sallyport.authz.Permission;
import dev.sallyport.console.ActorText;
import dev.sallyport.console.TimeText;
import dev.sallyport.console.View;
import dev.sallyport.console.list.Table;
import dev.sallyport.persistence.Slice;
import dev.sallyport.roles.AssignmentDetails;
import dev.sallyport.roles.AssignmentList;
import java.time.Clock;
import java.time.Instant;
import java.util.function.Consumer;

/// The list of assignments, read as far as it is scrolled.
final class AssignmentGrid extends Table<AssignmentDetails> {
  private final AssignmentList list;
  private final Clock clock;
  private final Consumer<AssignmentDetails> revoke;
  private AssignmentList.Filter filter = new AssignmentList.Filter(null, null, null);

  AssignmentGrid(AssignmentList list, Clock clock, Consumer<AssignmentDetails> revoke) {
    super("Who has which role", AssignmentDetails::id);
    this.list = list;
    this.clock = clock;
    this.revoke = revoke;
    columns();
  }

  void show(AssignmentList.Filter wanted) {
    filter = wanted;
    refresh();
  }

  private void columns() {
    wide("Who", "12rem", AssignmentGrid::who).setFlexGrow(2);
    text("Role", "9rem", AssignmentDetails::roleName);
    wide("Where", "9rem", a -> AssignmentTexts.badges(a.scope())).setFlexGrow(2);
    narrow("Comes from", "9.5rem", AssignmentGrid::source);
    narrow("Until", "6rem", this::until);
    time("Given", "6rem", clock, AssignmentDetails::createdAt);
    if (View.may(Permission.AUTH_ROLE_REVOKE)) {
      narrow("", "6rem", this::buttons);
    }
    setEmptyStateText("Nobody has a role that fits.");
    setHeight("32rem");
    fetch(
        (offset, limit) -> list.slice(filter, offset, limit),
        () -> list.count(filter),
        Slice.DEEPEST);
  }

  private static Component who(AssignmentDetails assignment) {
    Span name = new Span(AssignmentTexts.name(assignment));
    name.setTitle(assignment.actorId());
    String kind = ActorText.kind(assignment.actorKind());
    boolean isLive = assignment.actorName() != null;
    Span below = new Span(isLive ? kind : kind + ", can't sign in now");
    Div cell = new Div(name, below);
    cell.addClassName("sp-two-lines");
    return cell;
  }

  private static Component source(AssignmentDetails assignment) {
    Span source = new Span(AssignmentTexts.source(assignment));
    source.setTitle(
        assignment.givenByHand()
            ? "Given by " + assignment.createdBy()
            : AssignmentTexts.managed(assignment));
    return source;
  }

  private Component until(AssignmentDetails assignment) {
    Instant end = assignment.expiresAt();
    if (end == null) {
      Span none = new Span("No end");
      none.addClassName("sp-muted");
      return none;
    }
    return new TimeText(end, clock.instant());
  }

  private Component buttons(AssignmentDetails assignment) {
    if (!assignment.givenByHand()) {
      return new Span();
    }
    Button button = new Button("Revoke", click -> revoke.accept(assignment));
    button.addThemeVariants(ButtonVariant.TERTIARY, ButtonVariant.SMALL, ButtonVariant.ERROR);
    button.setAriaLabel(
        "Revoke " + assignment.roleName() + " of " + AssignmentTexts.name(assignment));
    return button;
  }
}
