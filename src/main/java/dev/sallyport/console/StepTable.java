package dev.sallyport.console;

import com.vaadin.flow.component.details.Details;
import com.vaadin.flow.component.html.NativeTable;
import com.vaadin.flow.component.html.NativeTableBody;
import com.vaadin.flow.component.html.NativeTableCell;
import com.vaadin.flow.component.html.NativeTableHeader;
import com.vaadin.flow.component.html.NativeTableHeaderCell;
import com.vaadin.flow.component.html.NativeTableRow;
import com.vaadin.flow.component.html.Pre;
import com.vaadin.flow.component.html.Span;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The steps of something that was tried, with what the other side sent to be opened.
public final class StepTable extends NativeTable {
  /// One of them.
  ///
  /// @param outcome `ok`, `warning`, `failed` or `skipped`
  /// @param raw what was sent, if it helps to see it
  public record Step(String name, String outcome, String detail, @Nullable String raw) {}

  public StepTable(String label, List<Step> steps) {
    NativeTableRow titles = new NativeTableRow();
    for (String title : List.of("Step", "Result", "What was found")) {
      titles.add(new NativeTableHeaderCell(title));
    }
    titles.getComponentAt(2).getElement().setAttribute("colspan", "3");
    NativeTableBody body = new NativeTableBody();
    steps.forEach(step -> body.add(row(step)));
    add(new NativeTableHeader(titles), body);
    addClassName("sp-checks");
    getElement().setAttribute("aria-label", label);
  }

  private static NativeTableRow row(Step step) {
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
    row.add(new NativeTableCell(step.name()), new NativeTableCell(status(step.outcome())), detail);
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
