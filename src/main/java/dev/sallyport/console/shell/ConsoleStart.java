package dev.sallyport.console.shell;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.server.ErrorEvent;
import com.vaadin.flow.server.ServiceInitEvent;
import com.vaadin.flow.server.VaadinServiceInitListener;
import dev.sallyport.console.Notices;
import dev.sallyport.console.Refusal;
import dev.sallyport.problem.SallyportException;
import jakarta.enterprise.inject.spi.CDI;

/// Hooks the checks of the console into Vaadin; found by `ServiceLoader`.
public class ConsoleStart implements VaadinServiceInitListener {
  @Override
  public void serviceInit(ServiceInitEvent start) {
    ViewAccess access = CDI.current().select(ViewAccess.class).get();
    start
        .getSource()
        .addUIInitListener(event -> event.getUI().addBeforeEnterListener(access::check));
    start
        .getSource()
        .addSessionInitListener(event -> event.getSession().setErrorHandler(ConsoleStart::show));
  }

  // What a click threw and no view caught.
  private static void show(ErrorEvent event) {
    SallyportException refusal = Refusal.of(event.getThrowable());
    if (UI.getCurrent() != null) {
      Notices.refused(refusal);
    }
  }
}
