package dev.sallyport.connections.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.details.Details;
import com.vaadin.flow.component.html.NativeTable;
import com.vaadin.flow.component.html.NativeTableBody;
import com.vaadin.flow.component.html.NativeTableCell;
import com.vaadin.flow.component.html.NativeTableHeader;
import com.vaadin.flow.component.html.NativeTableHeaderCell;
import com.vaadin.flow.component.html.NativeTableRow;
import com.vaadin.flow.component.html.Pre;
import com.vaadin.flow.component.html.Span;
import dev.sallyport.connections.remote.DiscoveryStep;
import dev.sallyport.console.Status;
import java.util.List;
import java.util.Map;

/// The steps of a discovery as a table, with what the other side sent to be opened.
final class DiscoverySteps {
  private static final Map<String, String> NAMES =
      Map.of(
          "probe", "A call without a token",
          "challenge", "The app's challenge",
          "resource-metadata", "The app about itself",
          "resource", "What tokens are for",
          "authorization-server", "Authorization server",
          "pkce", "PKCE",
          "client", "Sallyport's client");

  private DiscoverySteps() {}

  static Component table(List<DiscoveryStep> steps) {
    NativeTableRow titles = new NativeTableRow();
    for (String title : List.of("Step", "Result", "What was found")) {
      titles.add(new NativeTableHeaderCell(title));
    }
    titles.getComponentAt(2).getElement().setAttribute("colspan", "3");
    NativeTableBody body = new NativeTableBody();
    steps.forEach(step -> body.add(row(step)));
    NativeTable table = new NativeTable(new NativeTableHeader(titles), body);
    table.addClassName("sp-checks");
    table.getElement().setAttribute("aria-label", "Steps of the discovery");
    return table;
  }

  private static NativeTableRow row(DiscoveryStep step) {
    NativeTableCell detail = new NativeTableCell();
    detail.getElement().setAttribute("colspan", "3");
    detail.add(new Span(step.detail()));
    if (step.raw() != null && !step.raw().isBlank()) {
      Pre sent = new Pre(step.raw());
      sent.addClassName("sp-claims");
      sent.getElement().setAttribute("tabindex", "0");
      detail.add(new Details("What was sent", sent));
    }
    NativeTableRow row = new NativeTableRow();
    row.addClassName("sp-check-" + step.outcome());
    row.add(
        new NativeTableCell(NAMES.getOrDefault(step.step(), step.step())),
        new NativeTableCell(status(step.outcome())),
        detail);
    return row;
  }

  private static Status status(String outcome) {
    return switch (outcome) {
      case "ok" -> new Status(Status.Tone.GOOD, "OK");
      case "warning" -> new Status(Status.Tone.WARNING, "Warning");
      case "failed" -> new Status(Status.Tone.BAD, "Failed");
      default -> new Status(Status.Tone.OFF, "Skipped");
    };
  }
}
