package dev.sallyport.nodes.ui;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.grid.GridVariant;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.data.renderer.ComponentRenderer;
import com.vaadin.flow.function.SerializableFunction;
import com.vaadin.flow.router.Menu;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import dev.sallyport.authz.Permission;
import dev.sallyport.authz.RequiresPermission;
import dev.sallyport.console.LiveUpdates;
import dev.sallyport.console.PageHeader;
import dev.sallyport.console.Status;
import dev.sallyport.console.TimeText;
import dev.sallyport.nodes.NodeDetails;
import dev.sallyport.nodes.NodeService;
import jakarta.inject.Inject;
import java.time.Clock;

/// The servers, current by push.
@Route("nodes")
@PageTitle("Nodes · Sallyport")
@Menu(title = "Nodes", order = 74, icon = "vaadin:server")
@RequiresPermission(Permission.SYSTEM_READ)
class NodesView extends Main {
  private final NodeService nodes;
  private final LiveUpdates updates;
  private final Clock clock;
  private final Grid<NodeDetails> grid = new Grid<>();

  @Inject
  NodesView(NodeService nodes, LiveUpdates updates, Clock clock) {
    this.nodes = nodes;
    this.updates = updates;
    this.clock = clock;
    column("Node", node -> new Span(node.name()));
    column("State", NodesView::state);
    column("Started", node -> new TimeText(node.startedAt(), this.clock.instant()));
    column("Last heard of", node -> new TimeText(node.seenAt(), this.clock.instant()));
    grid.addThemeVariants(GridVariant.WRAP_CELL_CONTENT);
    grid.setAllRowsVisible(true);
    grid.setSelectionMode(Grid.SelectionMode.NONE);
    grid.getElement().setAttribute("aria-label", "Nodes");
    addClassName("sp-view");
    add(
        new PageHeader(
            "Nodes",
            "The servers that share this database. A node that is not current answers no calls"
                + " until it knows again who was signed out; a silent one has stopped or can't"
                + " reach the database."),
        grid);
  }

  private void column(String header, SerializableFunction<NodeDetails, Component> cell) {
    grid.addColumn(new ComponentRenderer<>(cell)).setHeader(header).setFlexGrow(1);
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
    updates.follow(this, nodes::list, grid::setItems);
  }
}
