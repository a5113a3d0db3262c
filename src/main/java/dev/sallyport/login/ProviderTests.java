package dev.sallyport.login;

import dev.sallyport.audit.AuditEntry;
import dev.sallyport.audit.AuditEventName;
import dev.sallyport.audit.AuditLog;
import dev.sallyport.authz.Permission;
import dev.sallyport.authz.RequiresPermission;
import dev.sallyport.login.discovery.ProviderProbe;
import dev.sallyport.login.discovery.ProviderTest;
import dev.sallyport.problem.SallyportException;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;

/// Tries providers out: stored ones and drafts.
@Stateless
public class ProviderTests {
  @Inject ProviderService providers;
  @Inject ProviderProbe probe;
  @Inject AuditLog audit;

  @RequiresPermission(Permission.AUTH_OIDC_CREATE)
  public ProviderTest ofDraft(ProviderTest.Draft draft) {
    String issuer = String.valueOf(draft.issuer());
    if (!ProviderCheck.isIssuer(draft.issuer())) {
      throw SallyportException.invalid(
          "issuer", "must be the provider's issuer URL, such as https://idp.example/realms/corp.");
    }
    return told(probe.of(issuer), "draft", issuer);
  }

  @RequiresPermission(Permission.AUTH_OIDC_EDIT)
  public ProviderTest ofStored(String id) {
    ProviderDetails provider = providers.get(id);
    return told(probe.of(provider.issuer()), provider.id(), provider.name());
  }

  private ProviderTest told(ProviderTest test, String id, String name) {
    audit.record(
        AuditEntry.success(AuditEventName.OIDC_PROVIDER_TESTED)
            .on("oidc_provider", id, name)
            .with("outcome", test.outcome()));
    return test;
  }
}
