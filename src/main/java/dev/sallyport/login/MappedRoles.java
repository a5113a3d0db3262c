package dev.sallyport.login;

import dev.sallyport.authz.ActorKind;
import dev.sallyport.persistence.Json;
import dev.sallyport.persistence.Sql;
import dev.sallyport.roles.AssignmentDetails;
import dev.sallyport.roles.Assignments;
import dev.sallyport.roles.Assignments.MappedRole;
import dev.sallyport.roles.RoleDirectory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.core.type.TypeReference;

/// Keeps what people hold through a provider's groups equal to what the mappings say.
@ApplicationScoped
public class MappedRoles {
  private static final TypeReference<List<String>> TEXTS = new TypeReference<>() {};

  private static final String PROVIDER = "provider:";

  private record Person(String id, List<String> groups) {}

  @Inject GroupMappings mappings;
  @Inject Assignments assignments;
  @Inject RoleDirectory roles;
  @Inject Sql sql;

  /// Gives a person what these groups confer, and takes away what other groups once gave. Answers
  /// the ids of the roles.
  public Set<String> replace(String userId, String providerId, Collection<String> groups) {
    Set<MappedRole> roles = rolesOf(mappings.holdFitting(providerId, groups));
    // The person has come through this provider now: what another one of the same issuer once gave
    // nobody has looked at since.
    othersOf(userId, providerId)
        .forEach(other -> assignments.replaceMappedRoles(userId, other, Set.of()));
    assignments.replaceMappedRoles(userId, providerId, roles);
    Set<String> ids = new LinkedHashSet<>();
    roles.forEach(role -> ids.add(role.roleId()));
    return ids;
  }

  /// Deletes a mapping and takes its role from everybody whose last sign-in showed its group.
  /// Nobody gains by it: what other mappings give is given at the next sign-in.
  void withdraw(GroupMappingDetails gone) {
    // Before the mapping, as sign-ins that may make an admin.
    assignments.lockAdmins();
    boolean hadAdmin = roles.hasStandingAdmin();
    sql.update("delete from oidc_group_mapping where id = ?", gone.id());
    var role = new MappedRole(gone.roleId(), GroupMappings.scopeOf(gone));
    for (Person person : people(gone.providerId())) {
      Set<MappedRole> held = held(person.id, gone.providerId());
      Set<MappedRole> due = rolesOf(mappings.fitting(gone.providerId(), person.groups));
      if (held.contains(role) && !due.contains(role)) {
        held.remove(role);
        assignments.replaceMappedRoles(person.id, gone.providerId(), held);
      }
    }
    if (hadAdmin) {
      assignments.requireAnAdminLeft();
    }
  }

  private static Set<MappedRole> rolesOf(List<GroupMappingDetails> fitting) {
    Set<MappedRole> roles = new LinkedHashSet<>();
    fitting.forEach(
        mapping -> roles.add(new MappedRole(mapping.roleId(), GroupMappings.scopeOf(mapping))));
    return roles;
  }

  private Set<String> othersOf(String userId, String providerId) {
    Set<String> others = new LinkedHashSet<>();
    for (AssignmentDetails assignment : assignments.of(ActorKind.USER, userId)) {
      String source = assignment.source();
      if (source.startsWith(PROVIDER) && !source.equals(PROVIDER + providerId)) {
        others.add(source.substring(PROVIDER.length()));
      }
    }
    return others;
  }

  private List<Person> people(String providerId) {
    return sql.query(
        "select id, groups from app_user where provider_id = ?",
        row -> new Person(row.text("id"), Json.read(row.text("groups"), TEXTS)),
        providerId);
  }

  private Set<MappedRole> held(String userId, String providerId) {
    Set<MappedRole> held = new LinkedHashSet<>();
    for (AssignmentDetails assignment : assignments.of(ActorKind.USER, userId)) {
      if (assignment.source().equals(PROVIDER + providerId)) {
        held.add(new MappedRole(assignment.role(), GroupMappings.scopeOf(assignment.scope())));
      }
    }
    return held;
  }
}
