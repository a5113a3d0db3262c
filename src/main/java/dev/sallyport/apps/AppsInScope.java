package dev.sallyport.apps;

import dev.sallyport.audit.ScopedApps;
import dev.sallyport.authz.Scope;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Set;

/// Tells the audit which apps a reader may see.
@ApplicationScoped
public class AppsInScope implements ScopedApps {
  @Inject AppService apps;

  @Override
  public Set<String> ids(Scope scope) {
    return apps.idsIn(scope);
  }
}
