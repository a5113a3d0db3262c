package dev.sallyport.connections.accounts;

import dev.sallyport.authz.NeedsCredential;
import dev.sallyport.authz.Permission;
import dev.sallyport.authz.PublicEndpoint;
import dev.sallyport.authz.RequiresPermission;
import dev.sallyport.persistence.Cursor;
import dev.sallyport.persistence.Page;
import dev.sallyport.problem.FieldErrors;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import org.jspecify.annotations.Nullable;

/// `/connections`.
@Path("connections")
@RequestScoped
public class ConnectionsResource {
  @Inject ConnectionService connections;
  @Inject ConsentService consents;

  /// How many connections a filter ended.
  public record EndedConnections(int ended) {}

  @GET
  @NeedsCredential
  @PublicEndpoint("Lists the caller's own; the service requires connection.read for others'.")
  public Page<ConnectionDetails> list(
      @BeanParam ConnectionQuery query,
      @QueryParam("all") @Nullable String all,
      @QueryParam("after") @Nullable String after,
      @QueryParam("limit") @Nullable String limit) {
    var errors = new FieldErrors();
    errors.addIf(
        all != null && !all.equals("true") && !all.equals("false"),
        "all",
        "must be true or false.");
    errors.addIf(
        limit != null && !limit.matches("[1-9][0-9]?|1[0-9][0-9]|200"),
        "limit",
        "must be 1 to 200.");
    errors.throwIfAny();
    ConnectionFilter filter = query.filter();
    Cursor start = Cursor.decode(after, 2);
    int count = limit == null ? 50 : Integer.parseInt(limit);
    return filter.isEmpty() && !"true".equals(all)
        ? connections.own(start, count)
        : connections.page(filter, start, count);
  }

  @GET
  @Path("statistics")
  @RequiresPermission(Permission.CONNECTION_READ)
  public ConnectionStatistics statistics() {
    return connections.statistics();
  }

  @GET
  @Path("{id}")
  @NeedsCredential
  @PublicEndpoint("Shows the caller's own; the service requires connection.read for others'.")
  public ConnectionDetails get(@PathParam("id") String id) {
    return connections.get(id);
  }

  @POST
  @Path("{id}/refresh")
  @NeedsCredential
  @PublicEndpoint("Refreshes the caller's own; the service requires connection.edit for others'.")
  public ConnectionDetails refresh(@PathParam("id") String id) {
    return connections.refresh(id);
  }

  @DELETE
  @Path("{id}")
  @NeedsCredential
  @PublicEndpoint("Revokes the caller's own; the service requires connection.revoke for others'.")
  public ConnectionDetails revoke(@PathParam("id") String id) {
    return connections.revoke(id);
  }

  @DELETE
  @RequiresPermission(value = Permission.CONNECTION_REVOKE, scoped = true)
  public EndedConnections endMany(
      @BeanParam ConnectionQuery query,
      @QueryParam("expectedCount") @Nullable String expectedCount) {
    return new EndedConnections(
        connections.endMany(query.filter().ofWholeUser(), ConnectionQuery.count(expectedCount)));
  }

  @DELETE
  @Path("consents/{id}")
  @NeedsCredential
  @PublicEndpoint("Withdraws the caller's own; the service requires connection.revoke for others'.")
  public void withdraw(@PathParam("id") String id) {
    consents.withdraw(id);
  }
}
