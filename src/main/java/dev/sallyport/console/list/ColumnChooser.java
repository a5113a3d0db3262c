package dev.sallyport.console.list;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.contextmenu.MenuItem;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.menubar.MenuBar;
import com.vaadin.flow.component.menubar.MenuBarVariant;
import com.vaadin.flow.component.page.WebStorage;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Shows and hides the columns of a grid; the browser remembers the choice.
public final class ColumnChooser extends MenuBar {
  private final String storageKey;
  private final Map<Grid.Column<?>, MenuItem> items = new LinkedHashMap<>();

  /// `name` tells this grid from others in the browser's memory.
  public ColumnChooser(String name) {
    storageKey = "sallyport.hidden." + name;
    addThemeVariants(MenuBarVariant.TERTIARY);
    MenuItem root = addItem(VaadinIcon.GRID_H.create());
    root.setAriaLabel("Choose columns");
    root.setTooltipText("Choose columns");
  }

  /// Offers a column, which must have a key.
  public ColumnChooser offer(Grid.Column<?> column, String title) {
    MenuItem item = getItems().getFirst().getSubMenu().addItem(title);
    item.setCheckable(true);
    item.setKeepOpen(true);
    item.addClickListener(
        click -> {
          column.setVisible(item.isChecked());
          remember();
        });
    items.put(column, item);
    return this;
  }

  private void remember() {
    String hidden =
        items.keySet().stream()
            .filter(column -> !column.isVisible())
            .map(Grid.Column::getKey)
            .collect(Collectors.joining(","));
    WebStorage.setItem(storageKey, hidden);
  }

  @Override
  protected void onAttach(AttachEvent attach) {
    super.onAttach(attach);
    items.forEach((column, item) -> item.setChecked(column.isVisible()));
    WebStorage.getItem(storageKey, this::restore);
  }

  private void restore(@Nullable String hidden) {
    if (hidden == null) {
      return;
    }
    Set<String> keys = Set.of(hidden.split(","));
    items.forEach(
        (column, item) -> {
          column.setVisible(!keys.contains(column.getKey()));
          item.setChecked(column.isVisible());
        });
  }
}
