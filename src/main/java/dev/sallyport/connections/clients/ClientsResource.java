package dev.sallyport.connections.clients;

import dev.sallyport.authz.Permission;
import dev.sallyport.authz.RequiresPermission;
import dev.sallyport.persistence.Page;
import dev.sallyport.persistence.Revisions;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/// `/connections/clients`.
@Path("connections/clients")
@RequestScoped
public class ClientsResource {
  @Inject ClientService clients;

  @GET
  @RequiresPermission(Permission.CONNECTION_READ)
  public Page<ClientDetails> list() {
    return Page.whole(clients.list());
  }

  @POST
  @RequiresPermission(Permission.CONNECTION_EDIT)
  public Response create(ClientInput input) {
    ClientDetails client = clients.create(input);
    return Response.created(URI.create("connections/clients/" + client.id()))
        .entity(client)
        .build();
  }

  @GET
  @Path("{id}")
  @RequiresPermission(Permission.CONNECTION_READ)
  public ClientDetails get(@PathParam("id") String id) {
    return clients.get(id);
  }

  @PUT
  @Path("{id}")
  @RequiresPermission(Permission.CONNECTION_EDIT)
  public ClientDetails update(
      @PathParam("id") String id,
      @HeaderParam("If-Match") @Nullable String ifMatch,
      ClientInput input) {
    return clients.update(id, Revisions.required(ifMatch), input);
  }

  @DELETE
  @Path("{id}")
  @RequiresPermission(Permission.CONNECTION_EDIT)
  public void delete(
      @PathParam("id") String id, @HeaderParam("If-Match") @Nullable String ifMatch) {
    clients.delete(id, Revisions.required(ifMatch));
  }
}
