package dev.sallyport.apikeys;

import dev.sallyport.authz.CallContext;
import dev.sallyport.authz.PublicEndpoint;
import dev.sallyport.crypto.Secret;
import dev.sallyport.problem.ProblemType;
import dev.sallyport.problem.SallyportException;
import dev.sallyport.ratelimit.LimitKind;
import dev.sallyport.ratelimit.RequestLimits;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

/// `POST /auth/bootstrap`: the operator's one-time token for the first admin key.
@Path("auth/bootstrap")
@RequestScoped
public class BootstrapResource {
  @Inject Bootstrap bootstrap;
  @Inject RequestLimits limits;

  /// The operator's token.
  public record BootstrapRequest(@Nullable String token) {}

  @POST
  @PublicEndpoint("The one-time token is the credential.")
  public Response claim(BootstrapRequest request) {
    String address = CallContext.current().address();
    limits.require(LimitKind.BOOTSTRAP, RequestLimits.addressKey(address));
    if (request.token() == null) {
      throw SallyportException.invalid("token", "must be the operator's bootstrap token.");
    }
    if (request.token().length() > 1_000) {
      throw new SallyportException(ProblemType.UNAUTHENTICATED, "That is not the bootstrap token.");
    }
    CreatedKey created = bootstrap.claim(new Secret(request.token()));
    return Response.status(Response.Status.CREATED)
        .entity(ApiKeysResource.CreatedKeyResponse.of(created))
        .build();
  }
}
