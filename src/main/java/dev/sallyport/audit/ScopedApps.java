package dev.sallyport.audit;

import dev.sallyport.authz.Scope;
import java.util.Set;

/// Knows which apps lie in a scope. The package that keeps apps implements it.
public interface ScopedApps {
  /// The ids of the apps whose labels the scope covers now.
  Set<String> ids(Scope scope);
}
