package dev.sallyport.roles;

import dev.sallyport.audit.AuditEntry;
import dev.sallyport.audit.AuditEventName;
import dev.sallyport.audit.AuditLog;
import dev.sallyport.authz.Actor;
import dev.sallyport.authz.ActorKind;
import dev.sallyport.authz.Actors;
import dev.sallyport.authz.Permission;
import dev.sallyport.authz.RequiresPermission;
import dev.sallyport.problem.ProblemType;
import dev.sallyport.problem.SallyportException;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;

/// Gives and revokes roles by hand.
@Stateless
public class AssignmentService {
  @Inject AssignmentStore store;
  @Inject Assignments assignments;
  @Inject AssignmentCheck checks;
  @Inject Conferral conferral;
  @Inject Actors actors;
  @Inject AuditLog audit;

  @RequiresPermission(Permission.AUTH_ROLE_ASSIGN)
  public AssignmentDetails assign(AssignmentInput input) {
    AssignmentCheck.Checked checked = checks.check(input);
    AssignmentStore.New wanted = checked.assignment();
    conferral.requireUntil(wanted.roleId(), wanted.scope(), wanted.expiresAt());
    assignments.removeExpired();
    String id = store.insert(wanted).orElseThrow(() -> exists(checked.actorName()));
    AssignmentDetails made = store.byId(id).orElseThrow().withActorName(checked.actorName());
    tell(AuditEventName.ASSIGNMENT_CREATED, made, checked.actorName());
    return made;
  }

  private static SallyportException exists(String actorName) {
    return new SallyportException(
        ProblemType.ASSIGNMENT_EXISTS, actorName + " has this role there already.");
  }

  @RequiresPermission(Permission.AUTH_ROLE_REVOKE)
  public void revoke(String id) {
    AssignmentDetails assignment = store.byId(id).orElseThrow(() -> absent(id));
    requireByHand(assignment);
    conferral.requireHeld(assignment.role(), Assignments.scope(assignment));
    boolean isAdmin = assignment.role().equals(RoleDirectory.ADMIN) && assignment.scope() == null;
    if (isAdmin) {
      assignments.lockAdmins();
    }
    if (!store.delete(id)) {
      throw absent(id);
    }
    if (isAdmin) {
      assignments.requireAnAdminLeft();
    }
    tell(AuditEventName.ASSIGNMENT_REVOKED, assignment, nameOf(assignment));
  }

  private String nameOf(AssignmentDetails assignment) {
    return actors
        .find(ActorKind.ofCode(assignment.actorKind()), assignment.actorId())
        .map(Actor::name)
        .orElse(assignment.actorId());
  }

  private static SallyportException absent(String id) {
    return new SallyportException(ProblemType.NOT_FOUND, "There is no assignment " + id + ".");
  }

  private static void requireByHand(AssignmentDetails assignment) {
    String source = assignment.source();
    if (source.startsWith(AssignmentStore.PROVIDER)) {
      throw new SallyportException(
          ProblemType.ASSIGNMENT_MANAGED,
          "A group mapping gives this role at each sign-in: change the mapping, or the person's"
              + " groups at the identity provider.");
    }
    if (source.equals(AssignmentStore.KEY)) {
      throw new SallyportException(
          ProblemType.ASSIGNMENT_MANAGED,
          "This is the own role of a key or rule: change or revoke that.");
    }
  }

  private void tell(AuditEventName event, AssignmentDetails assignment, String actorName) {
    audit.record(
        AuditEntry.success(event)
            .on("assignment", assignment.id(), actorName)
            .with("actor", assignment.actorKind() + " " + assignment.actorId())
            .with("role", assignment.role())
            .with("scope", Selectors.write(Assignments.scope(assignment)))
            .with("expiresAt", assignment.expiresAt()));
  }
}
