package dev.sallyport.appauth.ui;

import dev.sallyport.appauth.AppTrust;
import dev.sallyport.appauth.Trust;
import dev.sallyport.apps.AppDetails;
import dev.sallyport.apps.LabelSelector;
import dev.sallyport.authz.CallContext;
import dev.sallyport.authz.Permission;
import dev.sallyport.authz.Scope;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/// The apps that whoever looks may read, from the node's snapshot: the pages about trust ask about
/// all of them with each key that is typed, which no database should hear.
@ApplicationScoped
class AppsInSight {
  @Inject Trust trust;

  /// Whether any app may be read at all.
  boolean isAny() {
    return !scope().isNothing();
  }

  /// All of them, by name.
  List<AppDetails> all() {
    Scope scope = scope();
    return trust.current().apps().values().stream()
        .map(AppTrust::app)
        .filter(app -> scope.covers(app.labels()))
        .sorted(Comparator.comparing(AppDetails::name))
        .toList();
  }

  /// The names of those that a selector matches.
  List<String> matching(Map<String, List<String>> selector) {
    LabelSelector matcher = LabelSelector.of(selector);
    return all().stream()
        .filter(app -> matcher.matches(app.labels()))
        .map(AppDetails::name)
        .toList();
  }

  private static Scope scope() {
    return CallContext.current().actor().scopeOf(Permission.APP_READ);
  }
}
