package dev.sallyport.audit;

import dev.sallyport.authz.Permission;
import dev.sallyport.authz.RequiresPermission;
import dev.sallyport.persistence.Cursor;
import dev.sallyport.persistence.Page;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import org.jspecify.annotations.Nullable;

/// `/audit`: newest first. `total` counts to 100,000.
@Path("audit")
@RequestScoped
public class AuditResource {
  @Inject AuditSearch search;

  @GET
  @RequiresPermission(value = Permission.AUDIT_READ, scoped = true)
  public Page<AuditRow> list(
      @BeanParam AuditQuery query,
      @QueryParam("after") @Nullable String after,
      @QueryParam("limit") @Nullable String limit) {
    return search.page(query.filter(), Cursor.decode(after, 1), Page.limit(limit));
  }
}
