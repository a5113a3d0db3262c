package dev.sallyport.workloads;

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

/// `/auth/workloads`.
@Path("auth/workloads")
@RequestScoped
public class WorkloadRulesResource {
  @Inject WorkloadRuleService rules;

  @GET
  @RequiresPermission(Permission.AUTH_KEY_LIST)
  public Page<WorkloadRuleDetails> list() {
    return Page.whole(rules.list());
  }

  @POST
  @RequiresPermission(Permission.AUTH_KEY_CREATE)
  public Response create(WorkloadRuleInput input) {
    WorkloadRuleDetails rule = rules.create(input);
    return Response.created(URI.create("auth/workloads/" + rule.id())).entity(rule).build();
  }

  @GET
  @Path("{id}")
  @RequiresPermission(Permission.AUTH_KEY_LIST)
  public WorkloadRuleDetails get(@PathParam("id") String id) {
    return rules.get(id);
  }

  @PUT
  @Path("{id}")
  @RequiresPermission(Permission.AUTH_KEY_CREATE)
  public WorkloadRuleDetails update(
      @PathParam("id") String id,
      @HeaderParam("If-Match") @Nullable String ifMatch,
      WorkloadRuleInput input) {
    return rules.update(id, Revisions.required(ifMatch), input);
  }

  @DELETE
  @Path("{id}")
  @RequiresPermission(Permission.AUTH_KEY_DELETE)
  public void delete(
      @PathParam("id") String id, @HeaderParam("If-Match") @Nullable String ifMatch) {
    rules.delete(id, Revisions.required(ifMatch));
  }
}
