package dev.sallyport.consolesessions.ui;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.router.Menu;
import com.vaadin.flow.router.Route;
import dev.sallyport.authz.PublicEndpoint;
import dev.sallyport.config.Settings;
import dev.sallyport.console.Actions;
import dev.sallyport.console.LiveUpdates;
import dev.sallyport.console.PageHeader;
import dev.sallyport.console.View;
import dev.sallyport.consolesessions.ConsoleSessionDetails;
import dev.sallyport.consolesessions.ConsoleSessionService;
import dev.sallyport.roles.OwnAccess;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;

/// Who I am here, why I may do what I may, and where I am signed in.
@Route("account")
@Menu(title = "My account", order = 95, icon = "vaadin:user")
@PublicEndpoint("One's own needs no permission; anonymous callers are led to the sign-in page.")
class MyAccountView extends View {
  private static final int SHOWN = 100;

  private final ConsoleSessionService sessions;
  private final LiveUpdates updates;
  private final SessionGrid grid;
  private final Button endOthers;

  @Inject
  MyAccountView(
      ConsoleSessionService sessions,
      OwnAccess access,
      Actions actions,
      LiveUpdates updates,
      Settings settings,
      Clock clock) {
    super("My account");
    this.sessions = sessions;
    this.updates = updates;
    SessionEnder ender = new SessionEnder(sessions, actions);
    grid = new SessionGrid(clock).withFacts().withEnd(session -> ender.one(session, this::refresh));
    endOthers =
        new Button(
            "End other sessions…",
            VaadinIcon.SIGN_OUT.create(),
            click -> ender.others(this::refresh));
    endOthers.addThemeVariants(ButtonVariant.ERROR);
    add(
        new PageHeader(
            "My account",
            "Who you are here, what you may do and why, and where you are signed in."),
        new OwnRights(access.me(), clock.instant(), settings.helpContact()),
        OwnRights.section(heading(), grid));
  }

  private Div heading() {
    Div heading = new Div(new H3("Where I am signed in"), endOthers);
    heading.addClassName("sp-page-header");
    return heading;
  }

  @Override
  protected void onAttach(AttachEvent attach) {
    refresh();
    updates.follow(this, this::look, this::show);
  }

  private void refresh() {
    show(look());
  }

  private List<ConsoleSessionDetails> look() {
    return sessions.own(null, SHOWN).items();
  }

  private void show(List<ConsoleSessionDetails> own) {
    grid.show(own);
    endOthers.setEnabled(own.stream().anyMatch(session -> !session.current()));
  }
}
