package dev.sallyport.audit.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.datetimepicker.DateTimePicker;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.router.QueryParameters;
import dev.sallyport.audit.AuditFilter;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Asks for the time that is to be exported and offers the files.
final class ExportDialog extends Dialog {
  private static final Duration USUAL = Duration.ofDays(30);
  private static final Duration LONGEST = Duration.ofDays(366);

  private final AuditFilter filter;
  private final DateTimePicker from = new DateTimePicker("From (UTC)");
  private final DateTimePicker to = new DateTimePicker("To (UTC)");
  private final Paragraph hint = new Paragraph();
  private final Anchor ndjson = link("Download NDJSON");
  private final Anchor csv = link("Download CSV");

  ExportDialog(AuditFilter filter, Instant now) {
    this.filter = filter;
    setHeaderTitle("Export the audit");
    setWidth("34rem");
    setMaxWidth("calc(100vw - 2rem)");
    Instant end = Objects.requireNonNullElse(filter.to(), now);
    to.setValue(AuditFilterBar.local(end));
    from.setValue(
        AuditFilterBar.local(Objects.requireNonNullElse(filter.from(), end.minus(USUAL))));
    from.addValueChangeListener(change -> show());
    to.addValueChangeListener(change -> show());
    Div times = new Div(from, to);
    times.addClassName("sp-toolbar");
    hint.addClassName("sp-muted");
    add(times, hint);
    getFooter().add(new Button("Close", click -> close()), csv, ndjson);
    show();
  }

  private static Anchor link(String text) {
    Anchor link = new Anchor("", text);
    link.getElement().setAttribute("download", true);
    link.setRouterIgnore(true);
    return link;
  }

  private void show() {
    Instant begin = AuditFilterBar.instant(from.getValue());
    Instant end = AuditFilterBar.instant(to.getValue());
    boolean isRight =
        begin != null
            && end != null
            && begin.isBefore(end)
            && Duration.between(begin, end).compareTo(LONGEST) <= 0;
    ndjson.setVisible(isRight);
    csv.setVisible(isRight);
    if (!isRight) {
      hint.setText("Choose a beginning and, at most 366 days later, an end.");
      return;
    }
    AuditFilter wanted = filter.between(begin, end);
    hint.setText(
        wanted.isWhole()
            ? "NDJSON carries the proof that no row was changed, left out or put in. CSV opens in a"
                + " spreadsheet."
            : "Only rows that the filter matches. The proof that nothing is left out comes with an"
                + " export without a filter.");
    ndjson.setHref(href(wanted, "ndjson"));
    csv.setHref(href(wanted, "csv"));
  }

  private static String href(AuditFilter wanted, String format) {
    Map<String, List<String>> query = new HashMap<>(wanted.query());
    query.put("format", List.of(format));
    return "api/v1/audit/export?" + new QueryParameters(query).getQueryString();
  }
}
