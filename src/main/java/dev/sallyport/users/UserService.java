package dev.sallyport.users;

import dev.sallyport.authz.Permission;
import dev.sallyport.authz.RequiresPermission;
import dev.sallyport.persistence.Cursor;
import dev.sallyport.persistence.Page;
import dev.sallyport.persistence.Slice;
import dev.sallyport.problem.ProblemType;
import dev.sallyport.problem.SallyportException;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Shows users, takes them out and lets them in again.
@Stateless
public class UserService {
  @Inject UserStore users;
  @Inject Deactivation deactivation;

  @RequiresPermission(Permission.AUTH_USER_READ)
  public Page<UserSummary> page(UserFilter filter, @Nullable Cursor after, int limit) {
    return users.page(filter, Optional.ofNullable(after), limit);
  }

  @RequiresPermission(Permission.AUTH_USER_READ)
  public List<UserSummary> slice(UserFilter filter, int offset, int limit) {
    return users.slice(filter, new Slice(offset, limit));
  }

  @RequiresPermission(Permission.AUTH_USER_READ)
  public long count(UserFilter filter) {
    return users.count(filter);
  }

  /// The providers that users can be filtered by.
  @RequiresPermission(Permission.AUTH_USER_READ)
  public List<UserProvider> providers() {
    return users.providers();
  }

  @RequiresPermission(Permission.AUTH_USER_READ)
  public UserSummary get(String id) {
    return users.summary(id).orElseThrow(() -> notFound(id));
  }

  /// Ends everything of the user at once and blocks until reactivation.
  @RequiresPermission(Permission.AUTH_USER_DEACTIVATE)
  public UserSummary deactivate(String id) {
    deactivation.deactivateAll(List.of(find(id)));
    return users.summary(id).orElseThrow();
  }

  /// Lets the user in again, with the roles that are still assigned.
  @RequiresPermission(Permission.AUTH_USER_DEACTIVATE)
  public UserSummary reactivate(String id) {
    deactivation.reactivate(find(id));
    return users.summary(id).orElseThrow();
  }

  private UserDetails find(String id) {
    return users.byId(id).orElseThrow(() -> notFound(id));
  }

  private static SallyportException notFound(String id) {
    return new SallyportException(ProblemType.NOT_FOUND, "There is no user " + id + ".");
  }
}
