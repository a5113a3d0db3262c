package dev.sallyport.consolesessions.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.details.Details;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import dev.sallyport.console.CopyText;
import dev.sallyport.console.Count;
import dev.sallyport.console.Facts;
import dev.sallyport.console.Prose;
import dev.sallyport.console.ScopeField;
import dev.sallyport.console.TimeText;
import dev.sallyport.console.list.Table;
import dev.sallyport.roles.AssignmentDetails;
import dev.sallyport.roles.Me;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Who one is, the roles and where they come from, and the permissions that follow.
final class OwnRights extends Div {
  private final Instant now;

  /// `contact` is whom to ask for more.
  OwnRights(Me me, Instant now, String contact) {
    this.now = now;
    addClassName("sp-sections");
    Facts facts = new Facts();
    facts.add("Name", me.name());
    facts.add("Signed in as", RightTexts.kind(me.kind()));
    facts.add("Id", new CopyText("id", me.id()));
    add(section(facts), section(new H3("What I may do, and why"), reasons(me, contact)));
  }

  static Div section(Component... parts) {
    Div section = new Div(parts);
    section.addClassName("sp-section");
    return section;
  }

  private Component reasons(Me me, String contact) {
    if (me.permissions().isEmpty()) {
      return new Prose(
          "You have no role here, so you can look after your own things only. If you need more,"
              + " ask "
              + contact
              + " for a role such as `r-viewer`, or to map one of your groups to one.");
    }
    return new Div(roles(me.assignments()), permissions(me.permissions()));
  }

  private Table<AssignmentDetails> roles(List<AssignmentDetails> assignments) {
    Table<AssignmentDetails> roles = new Table<>("My roles", AssignmentDetails::id);
    roles.text("Role", "8rem", AssignmentDetails::roleName);
    roles.text("Because of", "8rem", row -> RightTexts.source(row.source()));
    roles.text("Where", "8rem", row -> ScopeField.text(row.scope()));
    roles.wide("Until", "7rem", row -> until(row.expiresAt()));
    roles.show(assignments);
    return roles;
  }

  private Component until(@Nullable Instant expiry) {
    return expiry == null ? new Span("No end") : new TimeText(expiry, now);
  }

  private static Component permissions(List<Me.HeldPermission> held) {
    UnorderedList list = new UnorderedList();
    held.forEach(permission -> list.add(new ListItem(text(permission))));
    return new Details(Count.of(held.size(), "permission"), list);
  }

  private static String text(Me.HeldPermission permission) {
    List<Map<String, List<String>>> selectors = permission.scope();
    if (selectors == null) {
      return permission.name();
    }
    return permission.name()
        + " where "
        + selectors.stream().map(ScopeField::text).collect(Collectors.joining(", or "));
  }
}
