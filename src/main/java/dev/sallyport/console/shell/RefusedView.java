package dev.sallyport.console.shell;

import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.ErrorParameter;
import com.vaadin.flow.router.HasErrorParameter;
import com.vaadin.flow.router.ParentLayout;
import dev.sallyport.authz.PublicEndpoint;
import dev.sallyport.problem.SallyportException;

/// A view that was refused, and the permission that is missing.
@ParentLayout(MainLayout.class)
@PublicEndpoint("Says no.")
public class RefusedView extends ProblemPage implements HasErrorParameter<SallyportException> {
  @Override
  public int setErrorParameter(
      BeforeEnterEvent event, ErrorParameter<SallyportException> parameter) {
    SallyportException refusal = parameter.getException();
    int status = refusal.type().status();
    show(status, refusal.type().title(), refusal.detail() + " " + refusal.type().fix());
    return status;
  }
}
