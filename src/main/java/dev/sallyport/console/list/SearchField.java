package dev.sallyport.console.list;

import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import java.util.function.Consumer;

/// One field above a list that looks into several columns.
public final class SearchField extends TextField {
  /// `columns` stands in the field while it is empty; `label` is for those who can't see that.
  public SearchField(String columns, String label, Consumer<String> search) {
    setPlaceholder(columns);
    setAriaLabel(label);
    setPrefixComponent(VaadinIcon.SEARCH.create());
    setClearButtonVisible(true);
    addClassName("sp-search");
    setValueChangeMode(ValueChangeMode.LAZY);
    addValueChangeListener(change -> search.accept(change.getValue().strip()));
  }
}
