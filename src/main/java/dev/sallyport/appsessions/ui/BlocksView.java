package dev.sallyport.appsessions.ui;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.icon.VaadinIcon;
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
import dev.sallyport.console.View;
import dev.sallyport.console.list.RowAction;
import dev.sallyport.console.list.Table;
import dev.sallyport.console.list.TotalBar;
import dev.sallyport.persistence.Slice;
import jakarta.inject.Inject;
import java.time.Clock;

/// Who is not let in though an issuer vouches for them.
@Route("blocks")
@Menu(title = "Blocks", order = 15, icon = "vaadin:lock")
@RequiresPermission(value = Permission.APP_SESSION_READ, scoped = true)
class BlocksView extends View {
  private final BlockService blocks;
  private final Actions actions;
  private final LiveUpdates updates;
  private final Clock clock;
  private final Table<BlockDetails> table = new Table<>("Blocks", BlockDetails::id);
  private final BlockFilterBar filters = new BlockFilterBar(this::show);
  private final TotalBar total = new TotalBar();
  private volatile BlockFilter filter = BlockFilter.all();

  @Inject
  BlocksView(BlockService blocks, Actions actions, LiveUpdates updates, Clock clock) {
    super("Blocks");
    this.blocks = blocks;
    this.actions = actions;
    this.updates = updates;
    this.clock = clock;
    table.setEmptyStateComponent(empty());
    table.fetch(
        (from, limit) -> blocks.slice(filter, from, limit),
        () -> blocks.count(filter),
        Slice.DEEPEST);
    addColumns();
    fillWindow();
    add(header(), filters, total, table);
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
    table.text("Person", "8rem", BlockTexts::whom).setFlexGrow(2);
    table.text("Issuer", "7rem", BlockDetails::issuer);
    table.text("App", "6rem", BlockTexts::app);
    table.text("Client", "6rem", BlockTexts::client);
    table.text("Refuses", "8rem", BlockTexts::which).setFlexGrow(2);
    table.text("Why", "7rem", BlockTexts::why).setFlexGrow(2);
    table.time("Since", "7rem", clock, BlockDetails::revokedAt);
    table.text("Ends", "7rem", block -> BlockTexts.until(block, clock.instant()));
    table.action(
        "5.5rem",
        new RowAction<>("Lift…", BlocksView::lifting, BlocksView::mayLift, this::askToLift));
  }

  private static String lifting(BlockDetails block) {
    return "Lift the block of " + BlockTexts.whom(block);
  }

  // Only the reactivation of the person takes the block of a deactivation away.
  private static boolean mayLift(BlockDetails block) {
    return !block.goesWithReactivation() && may(Permission.APP_SESSION_REVOKE);
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

  private void show(BlockFilter wanted) {
    filter = wanted;
    total.say(Count.of(blocks.count(wanted), "block"));
    table.refresh();
  }

  @Override
  protected void onAttach(AttachEvent attach) {
    updates.follow(this, () -> blocks.slice(filter, 0, 50), seen -> show(filter));
  }
}
