package dev.sallyport.audit.ui;

import dev.sallyport.audit.AuditRow;
import dev.sallyport.console.TimeText;
import dev.sallyport.console.list.RowLink;
import dev.sallyport.console.list.Table;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The columns of the audit.
final class AuditGrid extends Table<AuditRow> {
  AuditGrid(Consumer<AuditRow> onOpen) {
    super("Audit events", AuditRow::id);
    link("When (UTC)", new RowLink<>(AuditGrid::when, AuditGrid::when, onOpen::accept))
        .setFlexGrow(0)
        .setWidth("9.8rem");
    line("Event", AuditRow::event).setFlexGrow(2).setWidth("12.5rem");
    line("Actor", row -> row.actor().name()).setWidth("8rem");
    line("Resource", AuditGrid::resource).setFlexGrow(3).setWidth("11.5rem");
    narrow("Outcome", "6.5rem", row -> OutcomeText.of(row.outcome()));
    line("Reason", AuditRow::reason).setWidth("6rem");
    line("Address", AuditRow::address).setFlexGrow(0).setWidth("6.5rem");
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
}
