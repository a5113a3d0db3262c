package dev.sallyport.audit.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.RouterLink;
import dev.sallyport.audit.AuditField;
import dev.sallyport.audit.AuditFilter;
import dev.sallyport.audit.AuditRow;
import dev.sallyport.console.CodeBlock;
import dev.sallyport.console.CopyText;
import dev.sallyport.console.Facts;
import dev.sallyport.console.TimeText;
import dev.sallyport.persistence.Json;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One event: what it says, its like, and the JSON that REST answers.
final class AuditDialog extends Dialog {
  AuditDialog(AuditRow row, Instant now) {
    setHeaderTitle(row.event());
    setWidth("46rem");
    setMaxWidth("calc(100vw - 2rem)");
    Facts facts = new Facts();
    facts.add("When", new TimeText(row.at(), now));
    facts.add("Outcome", OutcomeText.of(row.outcome()));
    if (row.reason() != null) {
      facts.add("Reason", row.reason());
    }
    facts.add("Actor", row.actor().name() + " (" + row.actor().kind() + ")");
    facts.add("Actor id", new CopyText("actor id", row.actor().id()));
    addResource(facts, row.resource());
    facts.add("Address", row.address());
    facts.add("Request", copy("request id", row.requestId()));
    row.details().forEach(facts::add);
    String json = Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(row);
    CodeBlock code = new CodeBlock("Event " + row.id(), json);
    code.getStyle().setMarginTop("1rem");
    add(facts, code);
    getFooter().add(link("All by this actor", AuditField.ACTOR, row.actor().id()));
    if (row.requestId() != null) {
      getFooter().add(link("All of this request", AuditField.REQUEST, row.requestId()));
    }
    getFooter().add(new Button("Close", click -> close()));
  }

  private static void addResource(Facts facts, AuditRow.@Nullable What what) {
    if (what != null) {
      facts.add("Resource", what.name() == null ? what.kind() : what.kind() + " " + what.name());
      facts.add("Resource id", copy("resource id", what.id()));
    }
  }

  private static Component copy(String what, @Nullable String text) {
    return text == null || text.isEmpty() ? new Span("–") : new CopyText(what, text);
  }

  private RouterLink link(String text, AuditField field, String value) {
    RouterLink link = new RouterLink(text, AuditView.class);
    link.setQueryParameters(AuditAddress.write(AuditFilter.all().with(field, Set.of(value))));
    link.getElement().addEventListener("click", click -> close());
    return link;
  }
}
