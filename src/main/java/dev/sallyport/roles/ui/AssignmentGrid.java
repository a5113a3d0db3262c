package dev.sallyport.roles.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.grid.GridVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.data.provider.CallbackDataProvider;
import com.vaadin.flow.data.provider.Query;
import com.vaadin.flow.data.renderer.ComponentRenderer;
import com.vaadin.flow.function.SerializableFunction;
import dev.sallyport.authz.CallContext;
import dev.sallyport.authz.Permission;
import dev.sallyport.console.Slices;
import dev.sallyport.console.TimeText;
import dev.sallyport.roles.AssignmentDetails;
import dev.sallyport.roles.AssignmentList;
import java.time.Clock;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// The list of assignments, read as far as it is scrolled.
final class AssignmentGrid extends Grid<AssignmentDetails> {
  private final AssignmentList list;
  private final Clock clock;
  private final Consumer<AssignmentDetails> revoke;
  private AssignmentList.Filter filter = new AssignmentList.Filter(null, null, null);

  AssignmentGrid(AssignmentList list, Clock clock, Consumer<AssignmentDetails> revoke) {
    this.list = list;
    this.clock = clock;
    this.revoke = revoke;
    columns();
  }

  void show(AssignmentList.Filter wanted) {
    filter = wanted;
    getDataProvider().refreshAll();
  }

  private void columns() {
    column("Who", "12rem", AssignmentGrid::who).setFlexGrow(2);
    column("Role", "9rem", a -> new Span(a.roleName())).setFlexGrow(1);
    column("Where", "9rem", a -> AssignmentTexts.badges(a.scope())).setFlexGrow(2);
    column("Comes from", "9.5rem", AssignmentGrid::source);
    column("Until", "6rem", this::until);
    column("Given", "6rem", a -> new TimeText(a.createdAt(), clock.instant()));
    if (CallContext.current().actor().may(Permission.AUTH_ROLE_REVOKE)) {
      column("", "6rem", this::buttons);
    }
    addThemeVariants(GridVariant.WRAP_CELL_CONTENT);
    getElement().setAttribute("aria-label", "Who has which role");
    setEmptyStateText("Nobody has a role that fits.");
    setHeight("32rem");
    setDataProvider(new CallbackDataProvider<>(this::fetch, this::size, AssignmentDetails::id));
  }

  private Column<AssignmentDetails> column(
      String header, String width, SerializableFunction<AssignmentDetails, Component> cell) {
    return addColumn(new ComponentRenderer<>(cell))
        .setHeader(header)
        .setFlexGrow(0)
        .setWidth(width);
  }

  private static Component who(AssignmentDetails assignment) {
    Span name = new Span(AssignmentTexts.name(assignment));
    name.setTitle(assignment.actorId());
    String kind = AssignmentTexts.kind(assignment.actorKind());
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
      Span none = new Span("no end");
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

  private Stream<AssignmentDetails> fetch(Query<AssignmentDetails, Void> query) {
    return Slices.fetch(query, (from, limit) -> list.slice(filter, from, limit));
  }

  private int size(Query<AssignmentDetails, Void> query) {
    return (int) Math.min(list.count(filter), AssignmentList.MAX_OFFSET);
  }
}
