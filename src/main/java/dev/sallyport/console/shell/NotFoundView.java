package dev.sallyport.console.shell;

import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.ErrorParameter;
import com.vaadin.flow.router.HasErrorParameter;
import com.vaadin.flow.router.NotFoundException;
import com.vaadin.flow.router.ParentLayout;
import dev.sallyport.authz.PublicEndpoint;

/// A path without a view.
@ParentLayout(MainLayout.class)
@PublicEndpoint("Says that there is nothing.")
public class NotFoundView extends ProblemPage implements HasErrorParameter<NotFoundException> {
  @Override
  public int setErrorParameter(
      BeforeEnterEvent event, ErrorParameter<NotFoundException> parameter) {
    show(404, "Page not found", "There is nothing at this address, or it is gone.");
    return 404;
  }
}
