package dev.sallyport.appsessions.ui;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.data.provider.CallbackDataProvider;
import com.vaadin.flow.data.provider.Query;
import com.vaadin.flow.data.renderer.ComponentRenderer;
import com.vaadin.flow.data.renderer.LitRenderer;
import com.vaadin.flow.function.ValueProvider;
import com.vaadin.flow.router.Menu;
import com.vaadin.flow.router.Route;
import dev.sallyport.appsessions.BlockDetails;
import dev.sallyport.appsessions.BlockFilter;
import dev.sallyport.appsessions.BlockService;
import dev.sallyport.authz.Permission;
import dev.sallyport.authz.RequiresPermission;
import dev.sallyport.console.Actions;
import dev.sallyport.console.Confirm;
import dev.sallyport.console.Count;
import dev.sallyport.console.EmptyState;
import dev.sallyport.console.LiveUpdates;
import dev.sallyport.console.Notices;
import dev.sallyport.console.PageHeader;
import dev.sallyport.console.TimeText;
import dev.sallyport.console.View;
import dev.sallyport.console.list.Slices;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.stream.Stream;

/// Who is not let in though an issuer vouches for them.
@Route("blocks")
@Menu(title = "Blocks", order = 15, icon = "vaadin:lock")
@RequiresPermission(value = Permission.APP_SESSION_READ, scoped = true)
class BlocksView extends View {
  private final BlockService blocks;
  private final Actions actions;
  private final LiveUpdates updates;
  private final Clock clock;
  private final Grid<BlockDetails> grid = new Grid<>();
  private final BlockFilterBar filters = new BlockFilterBar(this::show);
  private final Span total = new Span();
  private volatile BlockFilter filter = BlockFilter.all();

  @Inject
  BlocksView(BlockService blocks, Actions actions, LiveUpdates updates, Clock clock) {
    super("Blocks");
    this.blocks = blocks;
    this.actions = actions;
    this.updates = updates;
    this.clock = clock;
    total.addClassName("sp-strong");
    total.getElement().setAttribute("role", "status");
    Div bar = new Div(total);
    bar.addClassName("sp-bar");
    grid.getElement().setAttribute("aria-label", "Blocks");
    grid.setEmptyStateComponent(empty());
    grid.setDataProvider(new CallbackDataProvider<>(this::fetch, this::size, BlockDetails::id));
    addColumns();
    fillWindow();
    add(header(), filters, bar, grid);
    show(filter);
  }

  private Component header() {
    Button block = new Button("Block a person…", VaadinIcon.LOCK.create());
    block.addThemeVariants(ButtonVariant.PRIMARY);
    block.setVisible(may(Permission.APP_SESSION_REVOKE));
    block.addClickListener(
        click -> new BlockDialog(blocks, actions, clock, () -> show(filter)).open());
    return new PageHeader(
        "Blocks",
        "Whose tokens are refused although an issuer vouches for them: what ended must not come"
            + " back by itself.",
        block);
  }

  private static Component empty() {
    return new EmptyState(
        VaadinIcon.LOCK,
        "Nobody is blocked",
        "A block is written when a session is ended, when an identity provider tells of a sign-out,"
            + " when a person is deactivated, or by hand.");
  }

  private void addColumns() {
    column("Person", BlockTexts::whom).setFlexGrow(2);
    column("Issuer", BlockDetails::issuer);
    column("App", BlockTexts::app);
    column("Client", BlockTexts::client);
    column("Refuses", BlockTexts::which).setFlexGrow(2);
    column("Why", BlockTexts::why).setFlexGrow(2);
    column("Since", block -> TimeText.relative(block.revokedAt(), clock.instant()))
        .setFlexGrow(0)
        .setWidth("7rem");
    column("Ends", block -> BlockTexts.until(block, clock.instant()))
        .setFlexGrow(0)
        .setWidth("9rem");
    grid.addColumn(new ComponentRenderer<>(this::lift))
        .setHeader("")
        .setFlexGrow(0)
        .setWidth("5.5rem");
  }

  private Grid.Column<BlockDetails> column(
      String header, ValueProvider<BlockDetails, String> value) {
    return grid.addColumn(
            LitRenderer.<BlockDetails>of("<span title=${item.text}>${item.text}</span>")
                .withProperty("text", value))
        .setHeader(header)
        .setResizable(true);
  }

  // Only the reactivation of the person takes the block of a deactivation away.
  private Component lift(BlockDetails block) {
    if (block.goesWithReactivation() || !may(Permission.APP_SESSION_REVOKE)) {
      return new Span();
    }
    Button button = new Button("Lift…", click -> askToLift(block));
    button.addThemeVariants(ButtonVariant.TERTIARY, ButtonVariant.SMALL);
    button.setAriaLabel("Lift the block of " + BlockTexts.whom(block));
    return button;
  }

  private void askToLift(BlockDetails block) {
    Confirm.ask(
        BlockTexts.lift(block),
        () -> {
          if (actions.change(() -> blocks.lift(block.id()))) {
            Notices.success("Block lifted.");
          }
          show(filter);
        });
  }

  private Stream<BlockDetails> fetch(Query<BlockDetails, Void> query) {
    return Slices.fetch(query, (from, limit) -> blocks.slice(filter, from, limit));
  }

  private int size(Query<BlockDetails, Void> query) {
    return (int) Math.min(blocks.count(filter), BlockService.MAX_OFFSET);
  }

  private void show(BlockFilter wanted) {
    filter = wanted;
    total.setText(Count.of(blocks.count(wanted), "block"));
    grid.getDataProvider().refreshAll();
  }

  @Override
  protected void onAttach(AttachEvent attach) {
    updates.follow(this, () -> blocks.slice(filter, 0, 50), seen -> show(filter));
  }
}
