package dev.sallyport.appsessions.ui;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import dev.sallyport.appsessions.BlockFilter;
import java.util.function.Consumer;

/// The fields that narrow the list of blocks.
final class BlockFilterBar extends Div {
  private final TextField issuer = field("Issuer", "https://…");
  private final TextField subject = field("Subject", "exact");
  private final TextField client = field("Client", "exact id");

  BlockFilterBar(Consumer<BlockFilter> onChange) {
    addClassName("sp-toolbar");
    getElement().setAttribute("role", "search").setAttribute("aria-label", "Filter blocks");
    for (TextField field : new TextField[] {subject, issuer, client}) {
      field.addValueChangeListener(change -> onChange.accept(filter()));
      add(field);
    }
  }

  private static TextField field(String label, String placeholder) {
    TextField field = new TextField(label);
    field.setPlaceholder(placeholder);
    field.setClearButtonVisible(true);
    field.setValueChangeMode(ValueChangeMode.LAZY);
    return field;
  }

  private BlockFilter filter() {
    return BlockFilter.of(issuer.getValue(), subject.getValue(), client.getValue());
  }
}
