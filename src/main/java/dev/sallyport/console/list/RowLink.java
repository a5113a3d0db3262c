package dev.sallyport.console.list;

import com.vaadin.flow.data.renderer.LitRenderer;
import com.vaadin.flow.function.SerializableConsumer;
import com.vaadin.flow.function.ValueProvider;

/// The text in a row that opens it. The browser draws it, as it does a [RowAction].
///
/// @param title what shows on hover
public record RowLink<T>(
    ValueProvider<T, String> text, ValueProvider<T, String> title, SerializableConsumer<T> open) {

  LitRenderer<T> renderer() {
    return LitRenderer.<T>of(
            "<button class='sp-link' @click=${open} title=${item.title}>${item.text}</button>")
        .withProperty("text", text)
        .withProperty("title", title)
        .withFunction("open", open);
  }
}
