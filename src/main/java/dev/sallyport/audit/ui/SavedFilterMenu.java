package dev.sallyport.audit.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.contextmenu.SubMenu;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.menubar.MenuBar;
import com.vaadin.flow.component.menubar.MenuBarVariant;
import com.vaadin.flow.component.textfield.TextField;
import dev.sallyport.audit.AuditFilter;
import dev.sallyport.audit.SavedFilter;
import dev.sallyport.audit.SavedFilters;
import dev.sallyport.console.Actions;
import dev.sallyport.console.Confirm;
import dev.sallyport.console.Fields;
import dev.sallyport.console.Notices;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// The filters that this person keeps.
final class SavedFilterMenu extends MenuBar {
  private final SavedFilters filters;
  private final Actions actions;
  private final Supplier<AuditFilter> current;
  private final Consumer<AuditFilter> onChoose;
  private final SubMenu menu;

  SavedFilterMenu(
      SavedFilters filters,
      Actions actions,
      Supplier<AuditFilter> current,
      Consumer<AuditFilter> onChoose) {
    this.filters = filters;
    this.actions = actions;
    this.current = current;
    this.onChoose = onChoose;
    addThemeVariants(MenuBarVariant.TERTIARY);
    menu = addItem("Saved filters").getSubMenu();
    refresh();
  }

  private void refresh() {
    menu.removeAll();
    List<SavedFilter> own = filters.list();
    own.forEach(filter -> menu.addItem(filter.name(), click -> choose(filter)));
    if (!own.isEmpty()) {
      menu.addSeparator();
    }
    menu.addItem("Save this filter…", click -> ask());
    if (!own.isEmpty()) {
      SubMenu forget = menu.addItem("Delete").getSubMenu();
      own.forEach(filter -> forget.addItem(filter.name(), click -> delete(filter)));
    }
  }

  private void choose(SavedFilter filter) {
    onChoose.accept(AuditAddress.read(filter.query()));
  }

  private void ask() {
    Dialog dialog = new Dialog("Save this filter");
    TextField name = new TextField("Name");
    name.setMaxLength(100);
    name.setWidthFull();
    name.setHelperText("Only you see it. One of the same name is replaced.");
    Button save = new Button("Save", click -> save(name, dialog));
    save.addThemeVariants(ButtonVariant.PRIMARY);
    dialog.setWidth("26rem");
    dialog.add(name);
    dialog.getFooter().add(new Button("Cancel", click -> dialog.close()), save);
    dialog.open();
    name.focus();
  }

  private void save(TextField name, Dialog dialog) {
    String query = AuditAddress.write(current.get()).getQueryString();
    Fields fields = new Fields().bind("name", name);
    if (actions.change(() -> filters.save(name.getValue(), query), fields)) {
      dialog.close();
      Notices.success("Saved as " + name.getValue().strip() + ".");
      refresh();
    }
  }

  private void delete(SavedFilter filter) {
    Confirm.ask(
        new Confirm.Question(
            "Delete the filter " + filter.name() + "?",
            "Only the filter goes; the audit stays as it is.",
            List.of(),
            "Delete"),
        () -> {
          actions.change(() -> filters.delete(filter.id()));
          refresh();
        });
  }
}
