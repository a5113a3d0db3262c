package dev.sallyport.architecture;

import static java.util.Map.entry;

import com.tngtech.archunit.core.domain.JavaClass;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The four tiers, lowest first. A package uses its own tier and those below; features use each
/// other only along [#ARROWS]. A new package or arrow is a decision about the design.
enum Tier {
  FOUNDATION("problem", "config", "persistence", "crypto", "http", "jose", "logging"),
  PLATFORM("authz", "audit", "ratelimit", "api", "cluster", "keyring", "console", "observability"),
  FEATURES(
      "apps",
      "issuers",
      "appauth",
      "appsessions",
      "connections",
      "launch",
      "roles",
      "users",
      "apikeys",
      "workloads",
      "consolesessions",
      "nodes",
      "login",
      "logout"),
  DATA_PLANE("gateway");

  static final Map<String, Set<String>> ARROWS =
      Map.ofEntries(
          entry("appauth", Set.of("apps", "issuers")),
          entry("appsessions", Set.of("apps", "appauth", "issuers")),
          entry(
              "connections", Set.of("apps", "appauth", "appsessions", "users", "consolesessions")),
          entry("launch", Set.of("apps", "appauth", "appsessions", "consolesessions")),
          entry("users", Set.of("roles", "appsessions", "consolesessions")),
          entry("apikeys", Set.of("roles", "users")),
          entry("workloads", Set.of("roles", "issuers", "appauth", "users")),
          entry("consolesessions", Set.of("roles")),
          entry("login", Set.of("issuers", "users", "roles", "consolesessions", "appsessions")),
          entry(
              "logout",
              Set.of(
                  "issuers", "login", "users", "consolesessions", "appsessions", "connections")));

  private final Set<String> packages;

  Tier(String... packages) {
    this.packages = Set.of(packages);
  }

  static Optional<Tier> of(JavaClass type) {
    return Arrays.stream(values())
        .filter(tier -> tier.packages.contains(Project.topLevel(type)))
        .findFirst();
  }

  static boolean isUpward(JavaClass from, JavaClass to) {
    return of(from).orElseThrow().compareTo(of(to).orElseThrow()) < 0;
  }

  /// Whether one feature uses another without an arrow.
  static boolean isUnlisted(JavaClass from, JavaClass to) {
    String user = Project.topLevel(from);
    String used = Project.topLevel(to);
    boolean areFeatures =
        FEATURES.packages.contains(user) && FEATURES.packages.contains(used) && !user.equals(used);
    return areFeatures && !ARROWS.getOrDefault(user, Set.of()).contains(used);
  }
}
