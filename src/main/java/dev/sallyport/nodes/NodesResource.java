package dev.sallyport.nodes;

import dev.sallyport.authz.Permission;
import dev.sallyport.authz.RequiresPermission;
import dev.sallyport.persistence.Page;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

/// `/nodes`.
@Path("nodes")
@RequestScoped
public class NodesResource {
  @Inject NodeService nodes;

  @GET
  @RequiresPermission(Permission.SYSTEM_READ)
  public Page<NodeDetails> list() {
    return Page.whole(nodes.list());
  }
}
