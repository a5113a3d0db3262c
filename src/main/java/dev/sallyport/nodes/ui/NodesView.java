package dev.sallyport.nodes.ui;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.router.Menu;
import com.vaadin.flow.router.Route;
import dev.sallyport.authz.Permission;
import dev.sallyport.authz.RequiresPermission;
import dev.sallyport.console.LiveUpdates;
import dev.sallyport.console.PageHeader;
import dev.sallyport.console.Status;
import dev.sallyport.console.View;
import dev.sallyport.console.list.Table;
import dev.sallyport.nodes.NodeDetails;
import dev.sallyport.nodes.NodeService;
import jakarta.inject.Inject;
import java.time.Clock;

/// The servers, current by push.
@Route("nodes")
@Menu(title = "Nodes", order = 74, icon = "vaadin:server")
@RequiresPermission(Permission.SYSTEM_READ)
class NodesView extends View {
  private final NodeService nodes;
  private final LiveUpdates updates;
  private final Table<NodeDetails> table = new Table<>("Nodes", NodeDetails::id);

  @Inject
  NodesView(NodeService nodes, LiveUpdates updates, Clock clock) {
    super("Nodes");
    this.nodes = nodes;
    this.updates = updates;
    table.text("Node", "12rem", NodeDetails::name);
    table.wide("State", "8rem", NodesView::state);
    table.time("Started", "9rem", clock, NodeDetails::startedAt);
    table.time("Last heard of", "9rem", clock, NodeDetails::seenAt);
    add(
        new PageHeader(
            "Nodes",
            "The servers that share this database. A node that is not current answers no calls"
                + " until it knows again who was signed out; a silent one has stopped or can't"
                + " reach the database."),
        table);
  }

  private static Component state(NodeDetails node) {
    return switch (node.state()) {
      case "ready" -> new Status(Status.Tone.GOOD, "Ready");
      case "silent" -> new Status(Status.Tone.OFF, "Silent");
      default -> new Status(Status.Tone.BAD, "Not current");
    };
  }

  @Override
  protected void onAttach(AttachEvent event) {
    table.show(nodes.list());
    updates.follow(this, nodes::list, table::show);
  }
}
