package dev.sallyport.console.shell;

import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.page.AppShellConfigurator;
import com.vaadin.flow.component.page.ColorScheme;
import com.vaadin.flow.component.page.Inline;
import com.vaadin.flow.component.page.Push;
import com.vaadin.flow.server.AppShellSettings;
import com.vaadin.flow.shared.ui.Transport;
import com.vaadin.flow.theme.aura.Aura;

/// The page around the console.
@Push(transport = Transport.WEBSOCKET_XHR)
@ColorScheme(ColorScheme.Value.SYSTEM)
@StyleSheet(Aura.STYLESHEET)
@StyleSheet("context://sp.css")
@StyleSheet("context://sp-forms.css")
public class AppShell implements AppShellConfigurator {
  @Override
  public void configurePage(AppShellSettings page) {
    page.setPageTitle("Sallyport");
    page.setViewport("width=device-width, initial-scale=1");
    page.addLink("icon", "/favicon.svg");
    page.addMetaTag("color-scheme", "light dark");
    // Before anything is painted, so that a chosen scheme does not flash in as the other one.
    page.addInlineWithContents(
        Inline.Position.PREPEND, SchemeToggle.APPLY, Inline.Wrapping.JAVASCRIPT);
  }
}
