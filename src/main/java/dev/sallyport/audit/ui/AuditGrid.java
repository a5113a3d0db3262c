package dev.sallyport.audit.ui;

import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.data.renderer.LitRenderer;
import com.vaadin.flow.function.ValueProvider;
import dev.sallyport.audit.AuditRow;
import dev.sallyport.console.TimeText;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The columns of the audit.
final class AuditGrid extends Grid<AuditRow> {
  AuditGrid(Consumer<AuditRow> onOpen) {
    getElement().setAttribute("aria-label", "Audit events");
    addColumn(
            LitRenderer.<AuditRow>of("<button class='sp-link' @click=${open}>${item.when}</button>")
                .withProperty("when", row -> when(row))
                .withFunction("open", onOpen::accept))
        .setHeader("When (UTC)")
        .setFlexGrow(0)
        .setWidth("10.5rem");
    column("Event", AuditRow::event).setFlexGrow(2).setWidth("12rem");
    column("Actor", row -> row.actor().name()).setWidth("7.5rem");
    column("Resource", AuditGrid::resource).setFlexGrow(2).setWidth("9rem");
    addComponentColumn(row -> OutcomeText.of(row.outcome()))
        .setHeader("Outcome")
        .setFlexGrow(0)
        .setWidth("7rem");
    column("Reason", AuditRow::reason).setWidth("7rem");
    column("Address", AuditRow::address).setFlexGrow(0);
  }

  private static String when(AuditRow row) {
    return TimeText.exact(row.at()).replace('T', ' ').replace("Z", "");
  }

  private static @Nullable String resource(AuditRow row) {
    AuditRow.What what = row.resource();
    return what == null
        ? null
        : what.kind() + " " + Objects.requireNonNullElse(what.name(), String.valueOf(what.id()));
  }

  private Column<AuditRow> column(String header, ValueProvider<AuditRow, String> value) {
    return addColumn(
            LitRenderer.<AuditRow>of("<span title=${item.text}>${item.text}</span>")
                .withProperty("text", row -> Objects.requireNonNullElse(value.apply(row), "–")))
        .setHeader(header)
        .setResizable(true);
  }
}
