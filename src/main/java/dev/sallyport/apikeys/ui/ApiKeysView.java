package dev.sallyport.apikeys.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.router.Menu;
import com.vaadin.flow.router.Route;
import dev.sallyport.apikeys.ApiKeyFilter;
import dev.sallyport.apikeys.ApiKeyService;
import dev.sallyport.apikeys.ApiKeySummary;
import dev.sallyport.authz.Permission;
import dev.sallyport.authz.RequiresPermission;
import dev.sallyport.console.Count;
import dev.sallyport.console.PageHeader;
import dev.sallyport.console.View;
import dev.sallyport.console.list.RowButtons;
import dev.sallyport.console.list.SearchField;
import dev.sallyport.console.list.Table;
import dev.sallyport.console.list.TotalBar;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// All keys, and what can be done with them.
@Route("api-keys")
@Menu(title = "API keys", order = 68, icon = "vaadin:password")
@RequiresPermission(Permission.AUTH_KEY_LIST)
class ApiKeysView extends View {
  private final ApiKeyService keys;
  private final KeyDialogs dialogs;
  private final Clock clock;

  private final TotalBar total = new TotalBar();
  private ApiKeyFilter filter = new ApiKeyFilter("");
  private final Table<ApiKeySummary> table = new Table<>("API keys", ApiKeySummary::id);

  @Inject
  ApiKeysView(ApiKeyService keys, KeyDialogs dialogs, Clock clock) {
    super("API keys");
    this.keys = keys;
    this.dialogs = dialogs;
    this.clock = clock;
    columns();
    table.setEmptyStateText("No key has such a name.");
    table.fetch(
        (offset, limit) -> keys.slice(filter, offset, limit),
        () -> keys.count(filter),
        Integer.MAX_VALUE);
    fillWindow();
    add(header(), new SearchField("Name", "Search keys", this::search), total, table);
    show();
  }

  private PageHeader header() {
    Button make =
        new Button("New key", VaadinIcon.PLUS.create(), click -> dialogs.create(this::show));
    make.addThemeVariants(ButtonVariant.PRIMARY);
    return new PageHeader(
            "API keys",
            "What machines and scripts call the REST API with. A person's key never holds more than"
                + " the person, and ends with them.")
        .offer(may(Permission.AUTH_KEY_CREATE), make);
  }

  private void columns() {
    table.wide("Name", "10rem", KeyTexts::name).setFlexGrow(2);
    table.narrow("State", "7rem", key -> KeyTexts.state(key, clock.instant()));
    table.wide("Role", "7.5rem", KeyTexts::roles);
    table.wide("Where", "7rem", key -> KeyTexts.where(key.scope()));
    table.wide("Owner", "6rem", dialogs::owner);
    table.narrow("Expires", "6.5rem", key -> time(key.expiresAt()));
    table.narrow("Last used", "6.5rem", key -> time(key.lastUsedAt()));
    table.narrow("", "9rem", this::buttons);
  }

  private Component time(@Nullable Instant time) {
    return KeyTexts.time(time, "never", clock.instant());
  }

  private Component buttons(ApiKeySummary key) {
    boolean mayRotate =
        may(Permission.AUTH_KEY_ROTATE) && !key.state().equals(ApiKeySummary.EXPIRED);
    return new RowButtons()
        .offer(
            mayRotate,
            VaadinIcon.REFRESH,
            "Rotate " + key.name(),
            () -> dialogs.rotate(key, this::show))
        .offer(
            mayRotate,
            VaadinIcon.COMPRESS,
            "Narrow " + key.name(),
            () -> dialogs.narrow(key, this::show))
        .offer(
            may(Permission.AUTH_KEY_DELETE),
            VaadinIcon.TRASH,
            "Revoke " + key.name(),
            () -> dialogs.revoke(key, this::show));
  }

  private void search(String name) {
    filter = new ApiKeyFilter(name);
    show();
  }

  private void show() {
    total.say(Count.of(keys.count(filter), "key"));
    table.refresh();
  }
}
