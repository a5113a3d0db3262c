package dev.sallyport.console.list;

import com.vaadin.flow.data.renderer.LitRenderer;
import com.vaadin.flow.function.SerializableConsumer;
import com.vaadin.flow.function.SerializablePredicate;
import com.vaadin.flow.function.ValueProvider;

/// The one button in a row of a list that moves by itself. The browser draws it: one that the
/// server made would be replaced with each reading of the list, under the pointer of whoever
/// clicks.
///
/// @param text what stands on it, a verb
/// @param label what it does to which row, for those who can't see the row
public record RowAction<T>(
    String text,
    ValueProvider<T, String> label,
    SerializablePredicate<T> isOffered,
    SerializableConsumer<T> run) {

  LitRenderer<T> renderer() {
    return LitRenderer.<T>of(
            "<vaadin-button theme='tertiary small' aria-label=${item.label}"
                + " ?hidden=${!item.offered} @click=${run}>${item.text}</vaadin-button>")
        .withProperty("text", _ -> text)
        .withProperty("label", label)
        .withProperty("offered", isOffered::test)
        .withFunction("run", run);
  }
}
