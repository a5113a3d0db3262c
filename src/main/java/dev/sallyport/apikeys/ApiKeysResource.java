package dev.sallyport.apikeys;

import dev.sallyport.authz.ActorKind;
import dev.sallyport.authz.Permission;
import dev.sallyport.authz.RequiresPermission;
import dev.sallyport.persistence.Page;
import dev.sallyport.problem.SallyportException;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// `/auth/keys`.
@Path("auth/keys")
@RequestScoped
public class ApiKeysResource {
  @Inject ApiKeyService keys;

  /// A key to be made.
  public record CreateKeyRequest(
      @Nullable String name,
      @Nullable String role,
      @Nullable String kind,
      @Nullable Instant expiresAt) {

    NewKey toNewKey() {
      return new NewKey(
          Objects.requireNonNullElse(name, ""),
          Objects.requireNonNullElse(role, ""),
          kindOrDefault(),
          expiresAt);
    }

    private ActorKind kindOrDefault() {
      try {
        return kind == null ? ActorKind.API_KEY : ActorKind.ofCode(kind);
      } catch (IllegalArgumentException e) {
        throw SallyportException.invalid("kind", "must be api-key, proxy or workload.");
      }
    }
  }

  /// A new key; `key` is shown this once.
  public record CreatedKeyResponse(
      String id, String name, String role, @Nullable Instant expiresAt, String key) {
    static CreatedKeyResponse of(CreatedKey created) {
      ApiKeySummary summary = created.summary();
      return new CreatedKeyResponse(
          summary.id(),
          summary.name(),
          summary.role(),
          summary.expiresAt(),
          created.key().reveal());
    }
  }

  @GET
  @RequiresPermission(Permission.AUTH_KEY_LIST)
  public Page<ApiKeySummary> list() {
    List<ApiKeySummary> all = keys.list();
    return new Page<>(all, null, all.size());
  }

  @POST
  @RequiresPermission(Permission.AUTH_KEY_CREATE)
  public Response create(CreateKeyRequest request) {
    CreatedKey created = keys.create(request.toNewKey());
    return Response.status(Response.Status.CREATED).entity(CreatedKeyResponse.of(created)).build();
  }

  @DELETE
  @Path("{id}")
  @RequiresPermission(Permission.AUTH_KEY_DELETE)
  public void delete(@PathParam("id") String id) {
    keys.delete(id);
  }
}
