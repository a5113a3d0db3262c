package dev.sallyport.roles.ui;

import dev.sallyport.authz.Permission;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// How permissions are named to people: by what they are about, then by what may be done.
final class RoleTexts {
  private static final Map<String, String> GROUPS = groups();

  private RoleTexts() {}

  private static Map<String, String> groups() {
    var groups = new LinkedHashMap<String, String>();
    groups.put("app", "Apps");
    groups.put("app_auth_config", "Trusted issuers");
    groups.put("issuer", "Issuers and their keys");
    groups.put("app_session", "App sessions");
    groups.put("upstream", "Upstreams");
    groups.put("connection", "Connected accounts");
    groups.put("freeze", "Freeze");
    groups.put("audit", "Audit");
    groups.put("auth.role", "Roles");
    groups.put("auth.key", "API keys and workloads");
    groups.put("auth.session", "Console sessions");
    groups.put("auth.oidc", "Sign-in providers");
    groups.put("auth.user", "Users");
    groups.put("auth.signing_key", "Signing keys");
    groups.put("auth.bootstrap", "Bootstrap");
    groups.put("system", "System");
    return groups;
  }

  /// The part of a name that says what it is about: `auth.session` of `auth.session.list.all`.
  static String namespace(String permission) {
    String[] parts = permission.split("\\.");
    return parts.length > 2 ? parts[0] + "." + parts[1] : parts[0];
  }

  /// What a namespace is called; one without a name of its own is shown as it is.
  static String title(String namespace) {
    return GROUPS.getOrDefault(namespace, namespace);
  }

  /// The permissions in their groups, both in the order of the catalogue.
  static Map<String, List<String>> grouped(List<String> permissions) {
    var grouped = new LinkedHashMap<String, List<String>>();
    GROUPS.keySet().forEach(namespace -> grouped.put(namespace, new ArrayList<>()));
    Arrays.stream(Permission.values())
        .map(Permission::permissionName)
        .filter(permissions::contains)
        .forEach(
            name -> grouped.computeIfAbsent(namespace(name), n -> new ArrayList<>()).add(name));
    grouped.values().removeIf(List::isEmpty);
    return grouped;
  }

  /// What a role holds, on one line: "Apps: read, edit · Audit: read".
  static String summary(List<String> permissions) {
    if (permissions.size() == Permission.values().length) {
      return "Everything";
    }
    return grouped(permissions).entrySet().stream()
        .map(group -> title(group.getKey()) + ": " + verbs(group.getKey(), group.getValue()))
        .collect(Collectors.joining(" · "));
  }

  private static String verbs(String namespace, List<String> permissions) {
    return permissions.stream()
        .map(name -> name.substring(namespace.length() + 1).replace('_', ' ').replace('.', ' '))
        .collect(Collectors.joining(", "));
  }
}
