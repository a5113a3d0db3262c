package dev.sallyport.appsessions;

import dev.sallyport.authz.Permission;
import dev.sallyport.authz.RequiresPermission;
import dev.sallyport.persistence.Cursor;
import dev.sallyport.persistence.Page;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/// `/blocks`.
@Path("blocks")
@RequestScoped
public class BlocksResource {
  @Inject BlockService blocks;

  /// The filter as query parameters.
  public static class Query {
    @QueryParam("issuer")
    @Nullable String issuer;

    @QueryParam("subject")
    @Nullable String subject;

    @QueryParam("client")
    @Nullable String client;
  }

  @GET
  @RequiresPermission(value = Permission.APP_SESSION_READ, scoped = true)
  public Page<BlockDetails> list(
      @BeanParam Query query,
      @QueryParam("after") @Nullable String after,
      @QueryParam("limit") @Nullable String limit) {
    return blocks.page(
        BlockFilter.of(query.issuer, query.subject, query.client),
        Cursor.decode(after, 2),
        Page.limit(limit));
  }

  @GET
  @Path("{id}")
  @RequiresPermission(value = Permission.APP_SESSION_READ, scoped = true)
  public BlockDetails get(@PathParam("id") String id) {
    return blocks.get(id);
  }

  @POST
  @RequiresPermission(value = Permission.APP_SESSION_REVOKE, scoped = true)
  public Response create(BlockInput input) {
    BlockDetails block = blocks.create(input);
    return Response.created(URI.create("blocks/" + block.id())).entity(block).build();
  }

  @DELETE
  @Path("{id}")
  @RequiresPermission(value = Permission.APP_SESSION_REVOKE, scoped = true)
  public void lift(@PathParam("id") String id) {
    blocks.lift(id);
  }
}
