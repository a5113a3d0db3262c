package dev.sallyport.appsessions.ui;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.router.QueryParameters;

/// The way to the token tester, which belongs to another feature: by its address only.
final class TesterLink {
  private TesterLink() {}

  static void open(String app) {
    QueryParameters query =
        app.isEmpty() ? QueryParameters.empty() : QueryParameters.of("app", app);
    UI.getCurrent().navigate("tester", query);
  }
}
