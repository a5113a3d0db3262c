package dev.sallyport.roles.ui;

import com.vaadin.flow.component.combobox.ComboBox;
import dev.sallyport.console.ActorText;
import dev.sallyport.roles.ActorSearch;
import dev.sallyport.roles.AssignmentList;

/// Chooses a user, key, proxy or workload by a part of the name or by the id.
final class ActorField extends ComboBox<ActorSearch.Found> {
  private static final int MAX = 200;

  ActorField(String label) {
    super(label);
    setItemLabelGenerator(found -> found.name() + " · " + ActorText.kind(found.kind().code()));
  }

  void searchIn(AssignmentList list) {
    setItems(
        query ->
            list.actors(query.getFilter().orElse("").strip(), MAX).stream()
                .skip(query.getOffset())
                .limit(query.getLimit()));
  }
}
