package dev.sallyport.roles;

import dev.sallyport.authz.Permission;
import dev.sallyport.problem.FieldErrors;
import dev.sallyport.problem.PlainText;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What must hold of a role before it is written; every wrong field is named.
record RoleCheck(String name, String description, Set<Permission> permissions) {

  static RoleCheck of(RoleInput input) {
    var errors = new FieldErrors();
    String name = Objects.requireNonNullElse(input.name(), "").strip();
    errors.addIf(
        name.isEmpty() || name.length() > 100 || !PlainText.isLine(name),
        "name",
        "must have 1 to 100 characters, none of them a control character.");
    String description = Objects.requireNonNullElse(input.description(), "");
    errors.addIf(
        description.length() > 1_000 || !PlainText.isProse(description),
        "description",
        "must have at most 1,000 characters, none of them a control character.");
    Set<Permission> permissions = permissions(input.permissions(), errors);
    errors.throwIfAny();
    return new RoleCheck(name, description, permissions);
  }

  private static Set<Permission> permissions(@Nullable List<String> names, FieldErrors errors) {
    var known = EnumSet.noneOf(Permission.class);
    if (names == null || names.isEmpty()) {
      errors.add("permissions", "must name at least one permission.");
      return known;
    }
    List<String> unknown =
        names.stream()
            .map(String::valueOf)
            .filter(name -> Permission.find(name).map(known::add).isEmpty())
            .distinct()
            .toList();
    errors.addIf(
        !unknown.isEmpty(),
        "permissions",
        "knows no " + String.join(", ", unknown) + "; see auth/permissions.");
    return known;
  }
}
