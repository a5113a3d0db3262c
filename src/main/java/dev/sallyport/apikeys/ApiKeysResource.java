package dev.sallyport.apikeys;

import dev.sallyport.apikeys.KeyChange.Narrowing;
import dev.sallyport.apikeys.KeyChange.Rotation;
import dev.sallyport.authz.ActorKind;
import dev.sallyport.authz.Permission;
import dev.sallyport.authz.RequiresPermission;
import dev.sallyport.persistence.Cursor;
import dev.sallyport.persistence.Page;
import dev.sallyport.problem.SallyportException;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// `/auth/keys`.
@Path("auth/keys")
@RequestScoped
public class ApiKeysResource {
  @Inject ApiKeyService keys;
  @Inject KeyChangeService changes;

  /// A key to be made; without a scope it acts for all apps.
  public record CreateKeyRequest(
      @Nullable String name,
      @Nullable String role,
      @Nullable Map<String, List<String>> scope,
      @Nullable String kind,
      @Nullable Instant expiresAt) {

    NewKey toNewKey() {
      return new NewKey(
          Objects.requireNonNullElse(name, "").strip(),
          Objects.requireNonNullElse(role, ""),
          scope,
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

  /// A new value of a key; `key` is shown this once.
  public record CreatedKeyResponse(
      String id, String name, @Nullable String role, @Nullable Instant expiresAt, String key) {
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
  public Page<ApiKeySummary> list(
      @QueryParam("q") @Nullable String text,
      @QueryParam("after") @Nullable String after,
      @QueryParam("limit") @Nullable String limit) {
    return keys.list(new ApiKeyFilter(text), Cursor.decode(after, 1), Page.limit(limit));
  }

  @POST
  @RequiresPermission(Permission.AUTH_KEY_CREATE)
  public Response create(CreateKeyRequest request) {
    CreatedKey created = keys.create(request.toNewKey());
    return Response.status(Response.Status.CREATED).entity(CreatedKeyResponse.of(created)).build();
  }

  @GET
  @Path("{id}")
  @RequiresPermission(Permission.AUTH_KEY_LIST)
  public ApiKeySummary get(@PathParam("id") String id) {
    return keys.get(id);
  }

  /// The key gets a new value; the old one ends after the overlap.
  @POST
  @Path("{id}/rotate")
  @RequiresPermission(Permission.AUTH_KEY_ROTATE)
  public CreatedKeyResponse rotate(@PathParam("id") String id, Rotation wanted) {
    return CreatedKeyResponse.of(changes.rotate(id, wanted));
  }

  /// The key keeps its value and gets less to hold.
  @PATCH
  @Path("{id}")
  @RequiresPermission(Permission.AUTH_KEY_ROTATE)
  public ApiKeySummary narrow(@PathParam("id") String id, Narrowing wanted) {
    return changes.narrow(id, wanted);
  }

  @DELETE
  @Path("{id}")
  @RequiresPermission(Permission.AUTH_KEY_DELETE)
  public void delete(@PathParam("id") String id) {
    keys.delete(id);
  }
}
