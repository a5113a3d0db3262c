package dev.sallyport.console;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.NotFoundException;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.RouteParameters;
import dev.sallyport.authz.CallContext;
import dev.sallyport.authz.Permission;
import java.util.Optional;

/// A page of the console: a column of parts below a header. Its collaborators come by the
/// constructor, which also puts the parts in. No method is final: views are intercepted.
public abstract class View extends Main implements HasDynamicTitle {
  private String title;

  /// `title` stands in the browser's tab and history.
  protected View(String title) {
    this.title = title;
    addClassName("sp-view");
  }

  /// Lets the page have the window's height, so that its list scrolls and the page does not.
  protected void fillWindow() {
    addClassName("sp-fill");
  }

  /// For pages about one thing, which they learn from their address.
  protected void rename(String title) {
    this.title = title;
  }

  @Override
  public String getPageTitle() {
    return title + " · Sallyport";
  }

  /// Whether whoever looks holds the permission somewhere; for what is shown at all. Services check
  /// by themselves.
  public static boolean may(Permission permission) {
    return CallContext.current().actor().may(permission);
  }

  /// Whether whoever looks holds the permission without a scope.
  public static boolean mayEverywhere(Permission permission) {
    return CallContext.current().actor().scopeOf(permission).isEverything();
  }

  /// What a page is about, if there is such a thing; else whoever asked is told that there is none.
  protected static <T> T found(Optional<T> thing, String what) {
    return thing.orElseThrow(() -> new NotFoundException("There is no " + what + "."));
  }

  protected void go(Class<? extends Component> view) {
    getUI().ifPresent(ui -> ui.navigate(view));
  }

  protected void go(Class<? extends Component> view, RouteParameters parameters) {
    getUI().ifPresent(ui -> ui.navigate(view, parameters));
  }

  /// To a page of another feature.
  protected void go(String path, QueryParameters parameters) {
    getUI().ifPresent(ui -> ui.navigate(path, parameters));
  }
}
