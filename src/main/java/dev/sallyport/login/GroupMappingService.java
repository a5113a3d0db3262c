package dev.sallyport.login;

import dev.sallyport.audit.AuditEntry;
import dev.sallyport.audit.AuditEventName;
import dev.sallyport.audit.AuditLog;
import dev.sallyport.authz.CallContext;
import dev.sallyport.authz.Permission;
import dev.sallyport.authz.RequiresPermission;
import dev.sallyport.authz.Scope;
import dev.sallyport.crypto.RandomTokens;
import dev.sallyport.persistence.Sql;
import dev.sallyport.problem.FieldErrors;
import dev.sallyport.problem.ProblemType;
import dev.sallyport.problem.SallyportException;
import dev.sallyport.roles.Conferral;
import dev.sallyport.roles.RoleDirectory;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Keeps the group mappings. A new one counts from each person's next sign-in; one that is taken
/// away takes its role from everybody at once.
@Stateless
public class GroupMappingService {
  @Inject Sql sql;
  @Inject Clock clock;
  @Inject AuditLog audit;
  @Inject Providers providers;
  @Inject GroupMappings mappings;
  @Inject MappedRoles mapped;
  @Inject RoleDirectory roles;
  @Inject Conferral conferral;

  @RequiresPermission(Permission.AUTH_OIDC_LIST)
  public List<GroupMappingDetails> list(@Nullable String providerId) {
    return mappings.of(providerId);
  }

  @RequiresPermission(Permission.AUTH_OIDC_EDIT)
  public GroupMappingDetails create(GroupMappingInput input) {
    FieldErrors errors = new FieldErrors();
    Scope scope = GroupMappingCheck.check(input, errors);
    ProviderDetails provider = named(input, errors);
    String roleId = Objects.requireNonNull(input.roleId());
    conferral.requireForGood(roleId, scope);
    String id = RandomTokens.id("grm_");
    int added =
        sql.update(
            """
            insert into oidc_group_mapping
              (id, provider_id, group_name, role_id, scope, created_at, created_by)
            values (?, ?, ?, ?, ?, ?, ?) on conflict do nothing
            """,
            id,
            provider.id(),
            input.group(),
            roleId,
            GroupMappingCheck.canonical(scope),
            clock.instant(),
            CallContext.current().actor().name());
    if (added == 0) {
      throw new SallyportException(
          ProblemType.MAPPING_EXISTS, "This group of the provider has this role already.");
    }
    return told(AuditEventName.GROUP_MAPPING_ADDED, find(id), provider.name());
  }

  @RequiresPermission(Permission.AUTH_OIDC_EDIT)
  public void delete(String id) {
    GroupMappingDetails mapping = find(id);
    conferral.requireHeld(mapping.roleId(), GroupMappings.scopeOf(mapping));
    String provider =
        providers.byId(mapping.providerId()).map(ProviderDetails::name).orElse("unknown");
    mapped.withdraw(mapping);
    told(AuditEventName.GROUP_MAPPING_REMOVED, mapping, provider);
  }

  private ProviderDetails named(GroupMappingInput input, FieldErrors errors) {
    ProviderDetails provider = providers.byId(String.valueOf(input.providerId())).orElse(null);
    errors.addIf(provider == null, "providerId", "must be the id of a provider.");
    errors.addIf(
        !roles.exists(String.valueOf(input.roleId())),
        "roleId",
        "must be one of " + String.join(", ", roles.ids()) + ".");
    errors.throwIfAny();
    return Objects.requireNonNull(provider);
  }

  private GroupMappingDetails find(String id) {
    return sql.first("select * from oidc_group_mapping where id = ?", GroupMappings::details, id)
        .orElseThrow(
            () -> new SallyportException(ProblemType.NOT_FOUND, "There is no mapping " + id + "."));
  }

  private GroupMappingDetails told(
      AuditEventName event, GroupMappingDetails mapping, String provider) {
    audit.record(
        AuditEntry.success(event)
            .on("oidc_group_mapping", mapping.id(), mapping.group())
            .with("provider", provider)
            .with("role", mapping.roleId())
            .with("scope", mapping.scope()));
    return mapping;
  }
}
