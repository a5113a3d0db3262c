package dev.sallyport.apps.ui;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import dev.sallyport.apps.AppDetails;
import java.util.Map;
import java.util.TreeMap;

/// The labels of an app, each as a badge; those that stand there by themselves are left out.
final class LabelBadges extends Div {
  private static final String INTERNAL_PREFIX = "sallyport.internal/";

  LabelBadges(Map<String, String> labels) {
    addClassName("sp-badges");
    written(labels).forEach((key, value) -> add(badge(key + "=" + value)));
  }

  /// What an app speaks.
  static Span kind(AppDetails app) {
    return badge(ClientSettings.isMcp(app) ? "MCP" : "HTTP");
  }

  static Map<String, String> written(Map<String, String> labels) {
    var written = new TreeMap<String, String>(labels);
    written.keySet().removeIf(key -> key.startsWith(INTERNAL_PREFIX));
    return written;
  }

  private static Span badge(String text) {
    Span badge = new Span(text);
    badge.addClassName("sp-label");
    return badge;
  }
}
