package dev.sallyport.console.list;

import com.vaadin.flow.data.provider.ListDataProvider;
import com.vaadin.flow.function.ValueProvider;
import java.util.ArrayList;
import java.util.List;

/// Rows that are replaced in place and told apart by an id: with a provider of its own, each
/// reading of a list would make all rows new, and a click on its way to the server would find its
/// row gone.
final class KnownRows<T> extends ListDataProvider<T> {
  private final ValueProvider<T, Object> id;

  KnownRows(ValueProvider<T, Object> id) {
    super(new ArrayList<>());
    this.id = id;
  }

  @Override
  public Object getId(T row) {
    return id.apply(row);
  }

  void replace(List<T> rows) {
    getItems().clear();
    getItems().addAll(rows);
    refreshAll();
  }
}
