package dev.sallyport.login;

import dev.sallyport.authz.Scope;
import dev.sallyport.persistence.Json;
import dev.sallyport.problem.FieldErrors;
import dev.sallyport.problem.PlainText;
import dev.sallyport.roles.Selectors;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What must hold of a mapping before it is written.
final class GroupMappingCheck {
  private static final int MAX_GROUP = 500;

  private GroupMappingCheck() {}

  /// The scope that the input asks for; what is wrong is added to the errors.
  static Scope check(GroupMappingInput input, FieldErrors errors) {
    String group = input.group();
    errors.addIf(
        group == null || group.isBlank() || group.length() > MAX_GROUP || !PlainText.isLine(group),
        "group",
        "must be the group as the provider writes it, at most " + MAX_GROUP + " characters.");
    return Selectors.scope(input.scope(), "scope", errors);
  }

  /// One spelling for each scope, so that the database can tell equal ones.
  static @Nullable String canonical(Scope scope) {
    List<Map<String, List<String>>> selectors = Selectors.of(scope);
    return selectors == null ? null : Json.write(selectors.getFirst());
  }
}
