package dev.sallyport.console.shell;

import com.vaadin.flow.di.Instantiator;
import com.vaadin.flow.di.InstantiatorFactory;
import com.vaadin.flow.server.VaadinService;

/// Tells Vaadin to make our views with CDI; found by `ServiceLoader`.
public class CdiInstantiatorFactory implements InstantiatorFactory {
  @Override
  public Instantiator createInstantitor(VaadinService service) {
    return new CdiInstantiator(service);
  }
}
