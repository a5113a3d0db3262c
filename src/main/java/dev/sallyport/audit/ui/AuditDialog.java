package dev.sallyport.audit.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.dialog.Dialog;
import dev.sallyport.audit.AuditRow;
import dev.sallyport.console.CodeBlock;
import dev.sallyport.persistence.Json;

/// One event as readable JSON, the same that REST answers.
final class AuditDialog extends Dialog {
  AuditDialog(AuditRow row) {
    setHeaderTitle(row.event());
    setWidth("44rem");
    setMaxWidth("calc(100vw - 2rem)");
    String json = Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(row);
    add(new CodeBlock("Event " + row.id(), json));
    getFooter().add(new Button("Close", click -> close()));
  }
}
