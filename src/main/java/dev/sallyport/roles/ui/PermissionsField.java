package dev.sallyport.roles.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.html.Code;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import dev.sallyport.authz.Permission;
import dev.sallyport.console.FieldGroup;
import dev.sallyport.console.View;
import dev.sallyport.roles.PermissionDetails;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/// All permissions in groups, each with a box to tick. What the viewer does not hold everywhere
/// can't be ticked: nobody confers more than they hold.
final class PermissionsField extends FieldGroup {
  private final Map<String, Checkbox> boxes = new LinkedHashMap<>();

  PermissionsField(List<PermissionDetails> catalogue) {
    super(
        "Permissions",
        "Those marked “by label” can be given for some apps only; the others hold for"
            + " everything or not at all. Nothing asks for the reserved ones yet.");
    add(groups(catalogue));
  }

  private Component groups(List<PermissionDetails> catalogue) {
    Map<String, PermissionDetails> byName =
        catalogue.stream().collect(Collectors.toMap(PermissionDetails::name, Function.identity()));
    Div columns = new Div();
    columns.getStyle().set("columns", "2 18rem").set("column-gap", "1.5rem").set("width", "100%");
    RoleTexts.grouped(catalogue.stream().map(PermissionDetails::name).toList())
        .forEach((namespace, names) -> columns.add(group(namespace, names, byName)));
    return columns;
  }

  private Component group(
      String namespace, List<String> names, Map<String, PermissionDetails> byName) {
    Div group = new Div();
    group.getStyle().set("break-inside", "avoid").set("padding-bottom", "0.8rem");
    Span title = new Span(RoleTexts.title(namespace));
    title.addClassName("sp-strong");
    group.add(title);
    for (String name : names) {
      PermissionDetails permission = byName.get(name);
      if (permission != null) {
        group.add(box(permission));
      }
    }
    return group;
  }

  private Component box(PermissionDetails permission) {
    Checkbox box = new Checkbox();
    Div label = new Div(new Code(permission.name()));
    if (permission.reserved()) {
      label.add(mark("reserved"));
    } else if (permission.scopable()) {
      label.add(mark("by label"));
    }
    Div meaning = new Div(permission.description());
    meaning.addClassName("sp-muted");
    box.setLabelComponent(new Div(label, meaning));
    box.setAriaLabel(permission.name());
    box.setEnabled(isHeld(permission.name()));
    if (!box.isEnabled()) {
      box.setTooltipText("You do not hold it everywhere yourself.");
    }
    boxes.put(permission.name(), box);
    return new Div(box);
  }

  private static Span mark(String text) {
    Span mark = new Span(" " + text);
    mark.addClassName("sp-muted");
    return mark;
  }

  private static boolean isHeld(String name) {
    return Permission.find(name).filter(p -> View.mayEverywhere(p)).isPresent();
  }

  void tick(Collection<String> names) {
    boxes.forEach((name, box) -> box.setValue(names.contains(name)));
  }

  List<String> ticked() {
    return boxes.entrySet().stream()
        .filter(entry -> entry.getValue().getValue())
        .map(Map.Entry::getKey)
        .toList();
  }
}
