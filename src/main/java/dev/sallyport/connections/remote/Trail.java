package dev.sallyport.connections.remote;

import dev.sallyport.connections.remote.DiscoveryStep.Outcome;
import java.util.ArrayList;
import java.util.List;

/// Collects the steps of one discovery, in their order.
final class Trail {
  private static final List<String> ORDER =
      List.of(
          "probe", "challenge", "resource-metadata", "resource", "authorization-server", "pkce");

  private final List<DiscoveryStep> steps = new ArrayList<>();
  private final List<String> order;

  private Trail(List<String> order) {
    this.order = order;
  }

  static Trail ofApp() {
    return new Trail(ORDER);
  }

  /// Of the last steps only, which are about the authorization server.
  static Trail ofServer() {
    return new Trail(ORDER.subList(4, ORDER.size()));
  }

  void add(Outcome outcome, String detail) {
    steps.add(DiscoveryStep.of(order.get(steps.size()), outcome, detail));
  }

  void add(Outcome outcome, String detail, String raw) {
    steps.add(DiscoveryStep.of(order.get(steps.size()), outcome, detail).showing(raw));
  }

  /// Ends the discovery: the sentence is for the step and for whoever asked.
  DiscoveryException fail(String detail) {
    add(Outcome.FAILED, detail);
    return new DiscoveryException(detail, false);
  }

  /// Ends it after documents were looked for in vain.
  DiscoveryException fail(String detail, String raw, boolean isAway) {
    add(Outcome.FAILED, detail, raw);
    return new DiscoveryException(detail, isAway);
  }

  /// Every step; what was not reached is skipped.
  List<DiscoveryStep> steps() {
    while (steps.size() < order.size()) {
      add(Outcome.SKIPPED, "Not tried: an earlier step failed.");
    }
    return List.copyOf(steps);
  }
}
