package dev.sallyport.roles;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The caller: who it is, what it may do, and why and until when.
public record Me(
    String kind,
    String id,
    String name,
    List<HeldPermission> permissions,
    List<AssignmentDetails> assignments) {

  /// A permission and the label selectors of the apps that it holds for; without them, it holds
  /// everywhere.
  public record HeldPermission(String name, @Nullable List<Map<String, List<String>>> scope) {}
}
