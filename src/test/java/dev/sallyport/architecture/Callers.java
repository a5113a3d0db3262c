package dev.sallyport.architecture;

import dev.sallyport.crypto.Secret;
import dev.sallyport.testing.Rest;
import dev.sallyport.testing.RunningServer;
import dev.sallyport.testing.Unique;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Whom the walks send: nobody, a key of each system role, and an operator whose scope lies
/// elsewhere; each is a column.
record Callers(Map<String, Optional<Secret>> keys) {
  private static final List<String> ROLES =
      List.of("r-admin", "r-operator", "r-viewer", "r-agent", "r-mcp", "r-cli", "r-auditor");

  static Callers of(RunningServer server) {
    Rest admin = Rest.admin(server);
    Map<String, Optional<Secret>> keys = new LinkedHashMap<>();
    keys.put("nobody", Optional.empty());
    ROLES.forEach(role -> keys.put(role, key(admin, role, Map.of())));
    Map<String, Object> scope = Map.of("env", List.of(Unique.name("elsewhere")));
    keys.put("elsewhere", key(admin, "r-operator", Map.of("scope", scope)));
    return new Callers(keys);
  }

  private static Optional<Secret> key(Rest admin, String role, Map<String, Object> more) {
    Map<String, Object> wanted = new LinkedHashMap<>(more);
    wanted.put("name", Unique.name(role));
    wanted.put("role", role);
    return Optional.of(new Secret(admin.post("auth/keys", wanted).at("/key")));
  }

  /// The first two lines of the table.
  String head(String what) {
    String rule = keys.keySet().stream().map(_ -> "---").collect(Collectors.joining("|"));
    return "| %s | %s |\n|---|%s|\n".formatted(what, String.join(" | ", keys.keySet()), rule);
  }

  /// A line of the table, with the status that each is answered.
  String row(String what, Function<Optional<Secret>, Integer> status) {
    return keys.values().stream()
        .map(key -> String.valueOf(status.apply(key)))
        .collect(Collectors.joining(" | ", "| `" + what + "` | ", " |\n"));
  }
}
