package dev.sallyport.appsessions.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.tabs.Tab;
import com.vaadin.flow.component.tabs.Tabs;
import com.vaadin.flow.router.RouterLink;

/// The two lists of one page: who is in, and who was turned away. Each has an address of its own.
final class SessionTabs extends Tabs {
  SessionTabs(Class<? extends Component> here) {
    getElement().setAttribute("aria-label", "Lists");
    add("Live", SessionsView.class, here);
    add("Refusals", RefusalsView.class, here);
  }

  private void add(String title, Class<? extends Component> view, Class<? extends Component> here) {
    Tab tab = new Tab(new RouterLink(title, view));
    add(tab);
    if (view == here) {
      setSelectedTab(tab);
    }
  }
}
