package dev.sallyport.apikeys.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.grid.GridVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.provider.CallbackDataProvider;
import com.vaadin.flow.data.provider.Query;
import com.vaadin.flow.data.renderer.ComponentRenderer;
import com.vaadin.flow.data.value.ValueChangeMode;
import com.vaadin.flow.function.SerializableFunction;
import com.vaadin.flow.router.Menu;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import dev.sallyport.apikeys.ApiKeyFilter;
import dev.sallyport.apikeys.ApiKeyService;
import dev.sallyport.apikeys.ApiKeySummary;
import dev.sallyport.authz.CallContext;
import dev.sallyport.authz.Permission;
import dev.sallyport.authz.RequiresPermission;
import dev.sallyport.console.Count;
import dev.sallyport.console.PageHeader;
import jakarta.annotation.PostConstruct;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.stream.Stream;

/// All keys, and what can be done with them.
@Route("api-keys")
@PageTitle("API keys · Sallyport")
@Menu(title = "API keys", order = 68, icon = "vaadin:password")
@RequiresPermission(Permission.AUTH_KEY_LIST)
@StyleSheet("context://sp-forms.css")
class ApiKeysView extends Div {
  @Inject ApiKeyService keys;
  @Inject KeyDialogs dialogs;
  @Inject Clock clock;

  private final TextField search = new TextField("Name");
  private final Span total = new Span();
  private final Grid<ApiKeySummary> grid = new Grid<>();

  @PostConstruct
  void build() {
    addClassName("sp-view");
    search.setPlaceholder("any");
    search.setClearButtonVisible(true);
    search.setValueChangeMode(ValueChangeMode.LAZY);
    search.addValueChangeListener(change -> show());
    total.addClassNames("sp-strong", "sp-grow");
    total.getElement().setAttribute("role", "status");
    Div filters = new Div(search);
    filters.addClassName("sp-toolbar");
    Div bar = new Div(total);
    bar.addClassName("sp-bar");
    columns();
    add(header(), filters, bar, grid);
    show();
  }

  private PageHeader header() {
    Button make =
        new Button("New key", VaadinIcon.PLUS.create(), click -> dialogs.create(this::show));
    make.addThemeVariants(ButtonVariant.PRIMARY);
    return new PageHeader(
        "API keys",
        "What machines and scripts call the REST API with. A person's key never holds more than the"
            + " person, and ends with them.",
        may(Permission.AUTH_KEY_CREATE) ? new Component[] {make} : new Component[] {});
  }

  private void columns() {
    column("Name", "10rem", KeyTexts::name).setFlexGrow(2);
    column("State", "7rem", key -> KeyTexts.state(key, clock.instant()));
    column("Role", "7.5rem", KeyTexts::roles).setFlexGrow(1);
    column("Where", "7rem", key -> KeyTexts.where(key.scope())).setFlexGrow(1);
    column("Owner", "6rem", dialogs::owner).setFlexGrow(1);
    column("Expires", "6.5rem", key -> KeyTexts.time(key.expiresAt(), "never", clock.instant()));
    column("Last used", "6.5rem", key -> KeyTexts.time(key.lastUsedAt(), "never", clock.instant()));
    column("", "9rem", this::buttons);
    grid.addThemeVariants(GridVariant.WRAP_CELL_CONTENT);
    grid.getElement().setAttribute("aria-label", "API keys");
    grid.setEmptyStateText("No key has such a name.");
    grid.setHeight("34rem");
    grid.setDataProvider(new CallbackDataProvider<>(this::fetch, this::size, ApiKeySummary::id));
  }

  private Grid.Column<ApiKeySummary> column(
      String header, String width, SerializableFunction<ApiKeySummary, Component> cell) {
    return grid.addColumn(new ComponentRenderer<>(cell))
        .setHeader(header)
        .setFlexGrow(0)
        .setWidth(width);
  }

  private Component buttons(ApiKeySummary key) {
    Div buttons = new Div();
    buttons.addClassName("sp-row-actions");
    boolean isOver = key.state().equals(ApiKeySummary.EXPIRED);
    if (may(Permission.AUTH_KEY_ROTATE) && !isOver) {
      buttons.add(
          button(VaadinIcon.REFRESH, "Rotate " + key.name(), () -> dialogs.rotate(key, this::show)),
          button(
              VaadinIcon.COMPRESS, "Narrow " + key.name(), () -> dialogs.narrow(key, this::show)));
    }
    if (may(Permission.AUTH_KEY_DELETE)) {
      buttons.add(
          button(VaadinIcon.TRASH, "Revoke " + key.name(), () -> dialogs.revoke(key, this::show)));
    }
    return buttons;
  }

  private static Button button(VaadinIcon icon, String label, Runnable action) {
    Button button = new Button(icon.create(), click -> action.run());
    button.addThemeVariants(ButtonVariant.TERTIARY, ButtonVariant.SMALL);
    button.setAriaLabel(label);
    button.setTooltipText(label);
    return button;
  }

  private ApiKeyFilter filter() {
    return new ApiKeyFilter(search.getValue().strip());
  }

  private void show() {
    total.setText(Count.of(keys.count(filter()), "key"));
    grid.getDataProvider().refreshAll();
  }

  private Stream<ApiKeySummary> fetch(Query<ApiKeySummary, Void> query) {
    return keys.slice(filter(), query.getOffset(), query.getLimit()).stream();
  }

  private int size(Query<ApiKeySummary, Void> query) {
    return Math.toIntExact(keys.count(filter()));
  }

  private static boolean may(Permission permission) {
    return CallContext.current().actor().may(permission);
  }
}
