package dev.sallyport.console.list;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.grid.GridVariant;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.data.provider.CallbackDataProvider;
import com.vaadin.flow.data.renderer.ComponentRenderer;
import com.vaadin.flow.data.renderer.LitRenderer;
import com.vaadin.flow.function.SerializableFunction;
import com.vaadin.flow.function.ValueProvider;
import dev.sallyport.console.TimeText;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// A list in columns. It is given a short list whole by [#show], or fetches a long
/// one as it is scrolled, by [#fetch].
public class Table<T> extends Grid<T> {
  private static final String DASH = "–";

  private final ValueProvider<T, Object> id;
  private @Nullable KnownRows<T> known;

  /// `label` says what is listed, to those who can't see it.
  public Table(String label, ValueProvider<T, Object> id) {
    this.id = id;
    addThemeVariants(GridVariant.WRAP_CELL_CONTENT);
    setSelectionMode(SelectionMode.NONE);
    getElement().setAttribute("aria-label", label);
  }

  /// Shows these rows and no others.
  public void show(List<T> rows) {
    if (known == null) {
      known = new KnownRows<>(id);
      setAllRowsVisible(true);
      setItems(known);
    }
    known.replace(rows);
  }

  /// Fetches rows as they are scrolled to, at most as many as `most`.
  public void fetch(Slices.Source<T> rows, LongSupplier count, int most) {
    setDataProvider(
        new CallbackDataProvider<T, Void>(
            query -> Slices.fetch(query, rows),
            query -> (int) Math.min(count.getAsLong(), most),
            id));
  }

  /// Fetches the rows in sight again.
  public void refresh() {
    getDataProvider().refreshAll();
  }

  /// A column that grows with the window; `least` is its width in the narrowest one.
  public Column<T> wide(String header, String least, SerializableFunction<T, Component> cell) {
    return narrow(header, least, cell).setFlexGrow(1);
  }

  /// A column of a fixed width.
  public Column<T> narrow(String header, String width, SerializableFunction<T, Component> cell) {
    return addColumn(new ComponentRenderer<>(cell))
        .setHeader(header)
        .setFlexGrow(0)
        .setWidth(width);
  }

  /// A growing column of texts, which break anywhere; an absent one shows as a dash.
  public Column<T> text(String header, String least, ValueProvider<T, @Nullable String> value) {
    return wide(header, least, row -> wrapped(value.apply(row)));
  }

  /// A column of times as people say them. The browser draws them, as they change with each look.
  public Column<T> time(
      String header, String width, Clock clock, ValueProvider<T, @Nullable Instant> value) {
    return addColumn(
            LitRenderer.<T>of(
                    "<time class='sp-nowrap' datetime=${item.exact} title=${item.utc}>"
                        + "${item.text}</time>")
                .withProperty("exact", row -> exact(value.apply(row)))
                .withProperty("utc", row -> utc(value.apply(row)))
                .withProperty("text", row -> relative(value.apply(row), clock)))
        .setHeader(header)
        .setFlexGrow(0)
        .setWidth(width);
  }

  /// A growing column of texts on one line; what does not fit shows on hover.
  public Column<T> line(String header, ValueProvider<T, @Nullable String> value) {
    return addColumn(
            LitRenderer.<T>of("<span class='sp-line' title=${item.text}>${item.text}</span>")
                .withProperty("text", row -> shown(value.apply(row))))
        .setHeader(header)
        .setResizable(true);
  }

  /// A growing column whose texts open their rows.
  public Column<T> link(String header, RowLink<T> link) {
    return addColumn(link.renderer()).setHeader(header).setResizable(true);
  }

  private static String exact(@Nullable Instant time) {
    return time == null ? "" : TimeText.exact(time);
  }

  private static String utc(@Nullable Instant time) {
    return time == null ? "" : TimeText.utc(time);
  }

  private static String relative(@Nullable Instant time, Clock clock) {
    return time == null ? DASH : TimeText.relative(time, clock.instant());
  }

  /// A column with one button a row.
  public Column<T> action(String width, RowAction<T> action) {
    return addColumn(action.renderer()).setHeader("").setFlexGrow(0).setWidth(width);
  }

  /// A text that breaks anywhere.
  public static Span wrapped(@Nullable String text) {
    Span span = new Span(shown(text));
    span.addClassName("sp-wrap");
    return span;
  }

  private static String shown(@Nullable String text) {
    return text == null || text.isEmpty() ? DASH : text;
  }
}
