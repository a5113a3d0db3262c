package dev.sallyport.console.shell;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.RouterLink;
import dev.sallyport.console.Prose;

/// What every page without a view shows: the status, one sentence, and the way back.
class ProblemPage extends Main implements HasDynamicTitle {
  private String title = "";

  final void show(int status, String title, String detail) {
    this.title = title;
    removeAll();
    addClassName("sp-view");
    Span code = new Span(Integer.toString(status));
    code.addClassName("sp-problem-code");
    Div page =
        new Div(
            code,
            new H1(title),
            new Prose(detail),
            new RouterLink("To the first page", HomeView.class));
    page.addClassName("sp-problem");
    add(page);
  }

  @Override
  public final String getPageTitle() {
    return title + " · Sallyport";
  }
}
