package dev.sallyport.appauth.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.details.Details;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.NativeTable;
import com.vaadin.flow.component.html.NativeTableBody;
import com.vaadin.flow.component.html.NativeTableCell;
import com.vaadin.flow.component.html.NativeTableHeader;
import com.vaadin.flow.component.html.NativeTableHeaderCell;
import com.vaadin.flow.component.html.NativeTableRow;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Pre;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import dev.sallyport.appauth.TokenTester;
import dev.sallyport.appauth.verification.Check;
import dev.sallyport.console.Prose;
import dev.sallyport.problem.ProblemType;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The verdict about a token, and every check that led to it.
final class TesterResult extends Div {
  TesterResult() {
    addClassName("sp-result");
  }

  void clear() {
    removeAll();
  }

  void show(TokenTester.Answer answer, String app, @Nullable TokenParts parts) {
    removeAll();
    add(answer.accepted() ? accepted(answer, app) : refused(answer, app), checks(answer.checks()));
    if (parts != null) {
      Details claims = new Details("What the token says (nothing here is verified)");
      Pre header = new Pre(parts.header());
      Pre payload = new Pre(parts.payload());
      header.addClassName("sp-claims");
      payload.addClassName("sp-claims");
      claims.add(header, payload);
      add(claims);
    }
  }

  private static Component accepted(TokenTester.Answer answer, String app) {
    Div banner = banner("sp-accepted", VaadinIcon.CHECK_CIRCLE);
    banner.add(title("Accepted as " + answer.user() + " by config “" + answer.config() + "”"));
    String client = answer.client() == null ? "no client id" : "client " + answer.client();
    banner.add(
        new Paragraph("%s lets it in. Subject %s, %s.".formatted(app, answer.subject(), client)));
    return banner;
  }

  private static Component refused(TokenTester.Answer answer, String app) {
    Div banner = banner("sp-refused", VaadinIcon.BAN);
    banner.add(title("Refused at " + app + ": " + answer.code()));
    banner.add(new Prose(String.valueOf(answer.detail())));
    problem(answer.code())
        .ifPresent(problem -> banner.add(new Prose("What helps: " + problem.fix())));
    if (answer.config() != null) {
      banner.add(new Paragraph("Deciding config: “" + answer.config() + "”."));
    }
    return banner;
  }

  private static Optional<ProblemType> problem(@Nullable String code) {
    return Arrays.stream(ProblemType.values()).filter(p -> p.code().equals(code)).findFirst();
  }

  private static Div banner(String style, VaadinIcon icon) {
    Div banner = new Div(icon.create());
    banner.addClassNames("sp-verdict", style);
    banner.getElement().setAttribute("role", "status");
    return banner;
  }

  private static Component title(String text) {
    Paragraph title = new Paragraph(text);
    title.addClassName("sp-strong");
    return title;
  }

  private static Component checks(List<Check> checks) {
    NativeTableRow titles = new NativeTableRow();
    for (String column : List.of("Check", "Result", "Expected", "Found", "What it means")) {
      titles.add(new NativeTableHeaderCell(column));
    }
    NativeTableHeader head = new NativeTableHeader(titles);
    NativeTableBody body = new NativeTableBody();
    checks.forEach(check -> body.add(row(check)));
    NativeTable table = new NativeTable(head, body);
    table.addClassName("sp-checks");
    table.getElement().setAttribute("aria-label", "Checks of the token");
    return table;
  }

  private static NativeTableRow row(Check check) {
    NativeTableRow row = new NativeTableRow();
    row.addClassName("sp-check-" + check.outcome().name().toLowerCase(Locale.ROOT));
    row.add(new NativeTableCell(check.name()), new NativeTableCell(outcome(check.outcome())));
    row.add(
        fact(check.expected()),
        fact(check.found()),
        new NativeTableCell(new Prose(check.sentence())));
    return row;
  }

  private static NativeTableCell fact(@Nullable String text) {
    NativeTableCell cell = new NativeTableCell(text == null ? "" : text);
    cell.addClassName("sp-fact");
    return cell;
  }

  private static Component outcome(Check.Outcome outcome) {
    VaadinIcon icon =
        switch (outcome) {
          case PASSED -> VaadinIcon.CHECK;
          case FAILED -> VaadinIcon.CLOSE;
          case SKIPPED -> VaadinIcon.MINUS;
        };
    String text =
        switch (outcome) {
          case PASSED -> "Passed";
          case FAILED -> "Failed";
          case SKIPPED -> "Skipped";
        };
    Span both = new Span(icon.create(), new Span(text));
    both.addClassName("sp-outcome");
    return both;
  }
}
