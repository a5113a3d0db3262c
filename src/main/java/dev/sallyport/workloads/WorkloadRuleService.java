package dev.sallyport.workloads;

import dev.sallyport.appauth.IssuerTokens;
import dev.sallyport.appauth.ReservedAudiences;
import dev.sallyport.audit.AuditEntry;
import dev.sallyport.audit.AuditEventName;
import dev.sallyport.audit.AuditLog;
import dev.sallyport.authz.Actor;
import dev.sallyport.authz.ActorKind;
import dev.sallyport.authz.CallContext;
import dev.sallyport.authz.NoPermissionNeeded;
import dev.sallyport.authz.Permission;
import dev.sallyport.authz.RequiresPermission;
import dev.sallyport.crypto.RandomTokens;
import dev.sallyport.persistence.Revisions;
import dev.sallyport.persistence.Sql;
import dev.sallyport.problem.ProblemType;
import dev.sallyport.problem.SallyportException;
import dev.sallyport.roles.Assignments;
import dev.sallyport.roles.Conferral;
import dev.sallyport.roles.RoleDirectory;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.List;

/// Keeps the rules. A rule is a key that nobody has to store, so it takes the permissions of keys.
@Stateless
public class WorkloadRuleService {
  @Inject Sql sql;
  @Inject WorkloadRuleStore store;
  @Inject WorkloadRuleCheck check;
  @Inject IssuerTokens tokens;
  @Inject RoleDirectory roles;
  @Inject Conferral conferral;
  @Inject Assignments assignments;
  @Inject AuditLog audit;

  @RequiresPermission(Permission.AUTH_KEY_LIST)
  public List<WorkloadRuleDetails> list() {
    return store.all();
  }

  @RequiresPermission(Permission.AUTH_KEY_LIST)
  public WorkloadRuleDetails get(String id) {
    return found(id);
  }

  @RequiresPermission(Permission.AUTH_KEY_CREATE)
  public WorkloadRuleDetails create(WorkloadRuleInput input) {
    CheckedRule rule = checked(input, "");
    String id = RandomTokens.id("wlr_");
    store.insert(id, rule, writer());
    return told(AuditEventName.WORKLOAD_RULE_CREATED, id, rule);
  }

  /// Replaces a rule and answers for it from then on. Whoever does must hold what it confers now as
  /// well, or could take it away from the workloads of others.
  @RequiresPermission(Permission.AUTH_KEY_CREATE)
  public WorkloadRuleDetails update(String id, long revision, WorkloadRuleInput input) {
    WorkloadRuleDetails before = found(id);
    Revisions.check(before.revision(), revision);
    conferral.requireHeld(roles.grantsOf(ActorKind.WORKLOAD, id));
    CheckedRule rule = checked(input, id);
    if (!store.update(before, rule, writer())) {
      Revisions.check(found(id).revision(), revision);
    }
    return told(AuditEventName.WORKLOAD_RULE_CHANGED, id, rule);
  }

  /// A rule would outlive the token of a job, and the rule that lets it in.
  private WorkloadRuleStore.Writer writer() {
    Actor actor = CallContext.current().actor();
    if (actor.kind() == ActorKind.WORKLOAD) {
      throw new SallyportException(ProblemType.FORBIDDEN, "Workloads make no rules.");
    }
    return store.writer(actor);
  }

  /// Switches off the rules of a person who goes.
  @NoPermissionNeeded("Whoever deactivates the person was checked there.")
  public void disableOf(String userId) {
    store
        .disableOf(userId)
        .forEach(
            (id, name) ->
                audit.record(
                    AuditEntry.success(AuditEventName.WORKLOAD_RULE_CHANGED)
                        .on("workload_rule", id, name)
                        .with("enabled", false)
                        .with("reason", "owner-deactivated")));
  }

  @RequiresPermission(Permission.AUTH_KEY_DELETE)
  public void delete(String id, long revision) {
    WorkloadRuleDetails rule = found(id);
    Revisions.check(rule.revision(), revision);
    assignments.removeOf(ActorKind.WORKLOAD, id);
    store.delete(id);
    audit.record(
        AuditEntry.success(AuditEventName.WORKLOAD_RULE_DELETED)
            .on("workload_rule", id, rule.name()));
  }

  private CheckedRule checked(WorkloadRuleInput input, String ownId) {
    CheckedRule rule = check.check(input);
    conferral.requireUntil(rule.role(), rule.scope(), rule.expiresAt());
    if (store.isTaken(rule.name(), ownId)) {
      throw new SallyportException(
          ProblemType.NAME_TAKEN, "There is a rule named " + rule.name() + " already.");
    }
    sql.lock(ReservedAudiences.LOCK);
    if (tokens.opensApps(rule.audience())) {
      throw new SallyportException(
          ProblemType.AUDIENCE_IN_USE,
          "Tokens for this audience open apps; let the workload ask for another one.");
    }
    return rule;
  }

  private WorkloadRuleDetails told(AuditEventName event, String id, CheckedRule rule) {
    assignments.setOfKey(ActorKind.WORKLOAD, id, rule.role(), rule.scope(), rule.expiresAt());
    WorkloadRuleDetails details = found(id);
    audit.record(
        AuditEntry.success(event)
            .on("workload_rule", id, rule.name())
            .with("issuer", details.issuer())
            .with("audience", rule.audience())
            .with("conditions", rule.conditions().stream().map(Condition::text).toList())
            .with("role", rule.role())
            .with("scope", details.scope())
            .with("enabled", rule.enabled())
            .with("expiresAt", rule.expiresAt()));
    return details;
  }

  private WorkloadRuleDetails found(String id) {
    return store
        .byId(id)
        .orElseThrow(
            () -> new SallyportException(ProblemType.NOT_FOUND, "There is no rule " + id + "."));
  }
}
