package dev.sallyport.login;

import dev.sallyport.authz.NoPermissionNeeded;
import dev.sallyport.authz.Scope;
import dev.sallyport.persistence.Json;
import dev.sallyport.persistence.Row;
import dev.sallyport.persistence.Sql;
import dev.sallyport.roles.Conferral;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;

/// What the mappings say, for sign-ins and checks of other services.
@Stateless
@NoPermissionNeeded("Sign-in asks before there is an actor; services have checked already.")
public class GroupMappings {
  private static final TypeReference<Map<String, List<String>>> SELECTOR = new TypeReference<>() {};

  @Inject Sql sql;
  @Inject Conferral conferral;

  /// The mappings of a provider, or of all.
  public List<GroupMappingDetails> of(@Nullable String providerId) {
    return sql.query(
        """
        select * from oidc_group_mapping where ?::text is null or provider_id = ?
        order by group_name, role_id, id
        """,
        GroupMappings::details,
        providerId,
        providerId);
  }

  /// The mappings of a provider that fit one of these groups, to the letter.
  public List<GroupMappingDetails> fitting(String providerId, Collection<String> groups) {
    return of(providerId).stream().filter(mapping -> groups.contains(mapping.group())).toList();
  }

  /// The same for a sign-in under way: whoever takes one of them away waits for its end, and finds
  /// what it gave.
  public List<GroupMappingDetails> holdFitting(String providerId, Collection<String> groups) {
    return sql.query(
        """
        select * from oidc_group_mapping where provider_id = ? and group_name = any(?)
        order by id for share
        """,
        GroupMappings::details,
        providerId,
        groups.toArray(String[]::new));
  }

  /// Refuses whoever does not hold everything that the provider's mappings give.
  public void requireConferrable(String providerId) {
    of(providerId).forEach(mapping -> conferral.requireForGood(mapping.roleId(), scopeOf(mapping)));
  }

  static Scope scopeOf(GroupMappingDetails mapping) {
    return scopeOf(mapping.scope());
  }

  static Scope scopeOf(@Nullable Map<String, List<String>> selector) {
    return selector == null ? Scope.EVERYTHING : Scope.of(selector);
  }

  static GroupMappingDetails details(Row row) throws SQLException {
    String scope = row.textOrNull("scope");
    return new GroupMappingDetails(
        row.text("id"),
        row.text("provider_id"),
        row.text("group_name"),
        row.text("role_id"),
        scope == null ? null : Json.read(scope, SELECTOR),
        row.instant("created_at"),
        row.text("created_by"));
  }
}
