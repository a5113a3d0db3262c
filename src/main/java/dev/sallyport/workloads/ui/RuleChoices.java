package dev.sallyport.workloads.ui;

import dev.sallyport.authz.CallContext;
import dev.sallyport.authz.Permission;
import dev.sallyport.console.View;
import dev.sallyport.issuers.IssuerDetails;
import dev.sallyport.issuers.IssuerService;
import dev.sallyport.roles.RoleDirectory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// What the form offers.
@ApplicationScoped
class RuleChoices {
  @Inject IssuerService issuers;
  @Inject RoleDirectory roles;

  List<String> issuers() {
    return View.may(Permission.ISSUER_READ)
        ? issuers.list().stream().map(IssuerDetails::issuer).toList()
        : List.of();
  }

  /// The roles that hold no more than the viewer, and not everything.
  List<String> roles() {
    Set<Permission> own = CallContext.current().actor().permissions();
    return roles.ids().stream().filter(role -> isFit(roles.permissionsOf(role), own)).toList();
  }

  private static boolean isFit(Set<Permission> held, Set<Permission> own) {
    return own.containsAll(held) && !held.containsAll(EnumSet.allOf(Permission.class));
  }
}
