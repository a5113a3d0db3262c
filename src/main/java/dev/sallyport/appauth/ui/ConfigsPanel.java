package dev.sallyport.appauth.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.router.RouteParameters;
import com.vaadin.flow.router.RouterLink;
import dev.sallyport.appauth.AppAuthConfigDetails;
import dev.sallyport.appauth.ConfigList;
import dev.sallyport.console.Count;
import dev.sallyport.console.EmptyState;
import dev.sallyport.console.Status;
import dev.sallyport.console.list.SearchField;
import dev.sallyport.console.list.Table;
import dev.sallyport.console.list.TotalBar;
import dev.sallyport.persistence.Slice;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.List;

/// The configs, as far as they are scrolled to.
@Dependent
class ConfigsPanel extends Div {
  private final ConfigList configs;
  private final AppsInSight apps;
  private final Table<AppAuthConfigDetails> table =
      new Table<>("App auth configs", AppAuthConfigDetails::id);
  private final TotalBar total = new TotalBar();
  private String wanted = "";

  @Inject
  ConfigsPanel(ConfigList configs, AppsInSight apps) {
    this.configs = configs;
    this.apps = apps;
    columns();
    table.fetch(
        (offset, limit) -> configs.slice(wanted, offset, limit),
        () -> configs.count(wanted),
        Slice.DEEPEST);
    table.addItemClickListener(click -> open(click.getItem()));
    addClassName("sp-panel");
    add(new SearchField("Name, issuer or audience", "Search configs", this::search), total, table);
  }

  /// Reads the list again.
  void refresh() {
    total.say(Count.of(configs.count(wanted), "config"));
    table.setEmptyStateComponent(wanted.isEmpty() ? none() : noMatch());
    table.refresh();
  }

  private void search(String text) {
    wanted = text;
    refresh();
  }

  private void columns() {
    table.wide("Name", "7rem", ConfigsPanel::link);
    table.text("Issuer", "10rem", config -> config.jwt().issuer()).setFlexGrow(2);
    table.wide("Audience", "8rem", ConfigsPanel::audience);
    table.text("App labels", "8rem", config -> ConfigTexts.selector(config.appLabels()));
    table.narrow("Apps", "4.5rem", this::matching);
    table.wide("Who may enter", "9rem", ConfigsPanel::rules);
    table.narrow("State", "7.5rem", ConfigsPanel::state);
  }

  private static RouteParameters id(AppAuthConfigDetails config) {
    return new RouteParameters("id", config.id());
  }

  private static Component link(AppAuthConfigDetails config) {
    RouterLink link = new RouterLink(config.name(), ConfigView.class, id(config));
    link.addClassName("sp-wrap");
    return link;
  }

  private void open(AppAuthConfigDetails config) {
    getUI().ifPresent(ui -> ui.navigate(ConfigView.class, id(config)));
  }

  private static Component audience(AppAuthConfigDetails config) {
    String audience = config.jwt().audience();
    Span text = Table.wrapped(audience == null ? ConfigTexts.OWN_URL : audience);
    if (audience == null) {
      text.addClassName("sp-muted");
    }
    return text;
  }

  private Component matching(AppAuthConfigDetails config) {
    if (!apps.isAny()) {
      return new Span("–");
    }
    List<String> names = apps.matching(config.appLabels());
    Span count = new Span(Count.plain(names.size()));
    count.setTitle(names.isEmpty() ? "No app matches" : String.join(", ", names));
    return count;
  }

  private static Component rules(AppAuthConfigDetails config) {
    return ConfigTexts.isOpen(config)
        ? new Status(Status.Tone.WARNING, ConfigTexts.EVERYONE)
        : Table.wrapped(ConfigTexts.rules(config));
  }

  private static Component state(AppAuthConfigDetails config) {
    return config.enabled()
        ? new Status(Status.Tone.GOOD, "Enabled")
        : new Status(Status.Tone.OFF, "Disabled");
  }

  private static EmptyState noMatch() {
    return new EmptyState(
        VaadinIcon.SEARCH,
        "No config matches",
        "The search looks for its text in names, issuers and audiences.");
  }

  private static EmptyState none() {
    return new EmptyState(
        VaadinIcon.KEY,
        "No issuer is trusted yet",
        "Name the issuer of your identity provider, where its keys are, and the labels of the apps"
            + " that its tokens may enter. Until then every call is refused.");
  }
}
