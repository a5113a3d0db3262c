package dev.sallyport.console.shell;

import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.ErrorParameter;
import com.vaadin.flow.router.HasErrorParameter;
import com.vaadin.flow.router.ParentLayout;
import dev.sallyport.authz.PublicEndpoint;
import dev.sallyport.console.Refusal;
import dev.sallyport.problem.SallyportException;

/// What nobody foresaw, with the request id under which the log has it.
@ParentLayout(MainLayout.class)
@PublicEndpoint("Says that something broke, and nothing else.")
public class ErrorView extends ProblemPage implements HasErrorParameter<Exception> {
  @Override
  public int setErrorParameter(BeforeEnterEvent event, ErrorParameter<Exception> parameter) {
    SallyportException refusal = Refusal.of(parameter.getException());
    int status = refusal.type().status();
    show(status, refusal.type().title(), refusal.detail());
    return status;
  }
}
