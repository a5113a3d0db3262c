package dev.sallyport.connections.ui;

import dev.sallyport.connections.remote.DiscoveryStep;
import dev.sallyport.console.StepTable;
import java.util.List;
import java.util.Map;

/// The steps of a discovery as a table.
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

  static StepTable table(List<DiscoveryStep> steps) {
    return new StepTable(
        "Steps of the discovery", steps.stream().map(DiscoverySteps::named).toList());
  }

  private static StepTable.Step named(DiscoveryStep step) {
    String name = NAMES.getOrDefault(step.step(), step.step());
    return new StepTable.Step(name, step.outcome(), step.detail(), step.raw());
  }
}
