package dev.sallyport.connections;

import dev.sallyport.authz.Permission;
import dev.sallyport.authz.RequiresPermission;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import org.jspecify.annotations.Nullable;

/// `/connections/exchange-cache`: the exchanged tokens that are kept in memory.
@Path("connections/exchange-cache")
@RequestScoped
public class ExchangeCacheResource {
  @Inject ExchangeCacheService cache;

  @GET
  @RequiresPermission(Permission.CONNECTION_READ)
  public ExchangeCacheService.ExchangeCacheStats stats() {
    return cache.stats();
  }

  @DELETE
  @RequiresPermission(Permission.CONNECTION_REVOKE)
  public void clear(
      @QueryParam("app") @Nullable String app, @QueryParam("user") @Nullable String user) {
    cache.clear(app, user);
  }
}
