package dev.sallyport.appsessions.ui;

import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Paragraph;
import dev.sallyport.appauth.Refusals.Refusal;
import dev.sallyport.console.CopyText;
import dev.sallyport.console.Facts;
import dev.sallyport.console.Prose;
import dev.sallyport.console.TimeText;
import dev.sallyport.problem.ProblemType;
import java.time.Instant;
import java.util.Arrays;

/// One refused call: what failed, what helps, and what the token claimed of itself.
final class RefusalDialog extends Dialog {
  RefusalDialog(Refusal refusal, Instant now) {
    setWidth("44rem");
    setMaxWidth("calc(100vw - 2rem)");
    setHeaderTitle(refusal.code());
    Arrays.stream(ProblemType.values())
        .filter(type -> type.code().equals(refusal.code()))
        .findFirst()
        .ifPresent(this::explain);
    Facts facts = new Facts();
    facts.add("When", new TimeText(refusal.at(), now));
    facts.add("App", refusal.app());
    facts.add("Failed check", refusal.check());
    facts.add("Expected", refusal.expected());
    facts.add("Found", refusal.found());
    facts.add("Issuer (iss)", refusal.iss());
    facts.add("Audience (aud)", refusal.aud());
    facts.add("Subject (sub)", refusal.sub());
    facts.add("Key (kid)", refusal.kid());
    facts.add("Client", refusal.client());
    facts.add("Client address", refusal.address());
    facts.add("Request id", new CopyText("request id", refusal.requestId()));
    Paragraph caution = new Paragraph("What the token claims is not verified: it was refused.");
    caution.addClassName("sp-muted");
    add(facts, caution);
  }

  private void explain(ProblemType type) {
    setHeaderTitle(type.title());
    add(new Prose(type.cause() + " " + type.fix()));
  }
}
