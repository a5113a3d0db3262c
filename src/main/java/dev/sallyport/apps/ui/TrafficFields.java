package dev.sallyport.apps.ui;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.IntegerField;
import dev.sallyport.apps.Affinity;
import dev.sallyport.apps.HealthCheck;
import dev.sallyport.apps.Traffic;
import dev.sallyport.console.Fields;
import java.util.Objects;

/// How calls are spread over the upstreams, and how many may run.
final class TrafficFields extends Div {
  private final Select<Affinity> affinity = new Select<>();
  private final Select<HealthCheck> healthCheck = new Select<>();
  private final IntegerField maxCalls = new IntegerField("Calls per upstream at a time");
  private final IntegerField maxWaiting = new IntegerField("Calls that may wait for a place");

  TrafficFields() {
    addClassName("sp-form");
    affinity.setLabel("Calls without an MCP session");
    affinity.setItems(Affinity.values());
    affinity.setItemLabelGenerator(TrafficFields::words);
    affinity.setHelperText("Calls of an MCP session always stay where the session lives.");
    healthCheck.setLabel("Health check");
    healthCheck.setItems(HealthCheck.values());
    healthCheck.setItemLabelGenerator(TrafficFields::words);
    healthCheck.setHelperText(
        "Every ten seconds. An upstream that is down is looked after anyway.");
    maxCalls.setHelperText("Streams count. Empty: what the server's settings allow.");
    maxCalls.setMin(1);
    maxWaiting.setMin(0);
    maxWaiting.setHelperText("When all upstreams serve as many as they may; others are refused.");
    add(affinity, healthCheck, maxCalls, maxWaiting);
    getChildren().forEach(field -> field.getElement().getStyle().set("width", "100%"));
    read(Traffic.STANDARD);
  }

  static String words(Affinity affinity) {
    return switch (affinity) {
      case NONE -> "Go to any upstream";
      case SESSION -> "Stay at one upstream for each app session";
      case PERSON -> "Stay at one upstream for each person";
    };
  }

  static String words(HealthCheck check) {
    return switch (check) {
      case NONE -> "None: the calls themselves show it";
      case TCP -> "Connect";
      case MCP -> "Send an MCP ping";
    };
  }

  void read(Traffic traffic) {
    affinity.setValue(traffic.kept());
    healthCheck.setValue(traffic.checked());
    maxCalls.setValue(traffic.maxCallsPerUpstream());
    maxWaiting.setValue(traffic.waiting());
  }

  Traffic traffic() {
    return new Traffic(
        Objects.requireNonNull(affinity.getValue()).code(),
        Objects.requireNonNull(healthCheck.getValue()).code(),
        maxCalls.getValue(),
        maxWaiting.getValue());
  }

  void bind(Fields fields) {
    fields
        .bind("traffic.affinity", affinity)
        .bind("traffic.healthCheck", healthCheck)
        .bind("traffic.maxCallsPerUpstream", maxCalls)
        .bind("traffic.maxWaiting", maxWaiting);
  }
}
