package dev.sallyport.console.shell;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.di.DefaultInstantiator;
import com.vaadin.flow.server.VaadinService;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.enterprise.inject.spi.Unmanaged;

/// Makes our own views with injection, and releases what was injected when the view goes. They get
/// no interceptors: [ViewAccess] checks permissions instead.
final class CdiInstantiator extends DefaultInstantiator {
  private static final String OURS = "dev.sallyport.";

  CdiInstantiator(VaadinService service) {
    super(service);
  }

  @Override
  public <T> T getOrCreate(Class<T> type) {
    return type.getName().startsWith(OURS) ? make(type) : super.getOrCreate(type);
  }

  @Override
  public <T extends Component> T createComponent(Class<T> type) {
    return type.getName().startsWith(OURS) ? make(type) : super.createComponent(type);
  }

  private static <T> T make(Class<T> type) {
    var instance =
        new Unmanaged<>(CDI.current().getBeanManager(), type)
            .newInstance()
            .produce()
            .inject()
            .postConstruct();
    T made = instance.get();
    if (made instanceof Component component) {
      component.addDetachListener(
          detach -> {
            detach.unregisterListener();
            instance.preDestroy().dispose();
          });
    }
    return made;
  }
}
