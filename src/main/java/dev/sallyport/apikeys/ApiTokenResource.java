package dev.sallyport.apikeys;

import dev.sallyport.api.ApiApplication;
import dev.sallyport.authz.NeedsCredential;
import dev.sallyport.authz.PublicEndpoint;
import dev.sallyport.crypto.Secret;
import dev.sallyport.problem.ProblemType;
import dev.sallyport.problem.SallyportException;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.jspecify.annotations.Nullable;

/// `POST /auth/token`: an API key for a short-lived token.
@Path("auth/token")
@RequestScoped
public class ApiTokenResource {
  private static final String SCHEME = "bearer ";

  @Inject ApiTokenService tokens;

  /// How long it is to live, such as `PT5M`; absent, as long as it may.
  public record TokenRequest(@Nullable String expiresIn) {}

  /// The token, to be sent as `Authorization: Bearer`.
  public record TokenResponse(String token, String tokenType, Instant expiresAt) {}

  @POST
  @NeedsCredential
  @SecurityRequirement(name = ApiApplication.API_KEY_AUTH)
  @PublicEndpoint("The API key in the header is the credential; every other one is refused.")
  public Response issue(
      @HeaderParam("Authorization") @Nullable String authorization, TokenRequest request) {
    Secret key = rawKey(authorization);
    var issued = tokens.issue(key, request.expiresIn());
    return Response.ok(new TokenResponse(issued.token().reveal(), "Bearer", issued.expiresAt()))
        .header("Cache-Control", "no-store")
        .build();
  }

  // A token for a token would never end, and a browser session must not leave the browser.
  private static Secret rawKey(@Nullable String authorization) {
    String value =
        authorization != null && authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
            ? authorization.substring(SCHEME.length()).strip()
            : "";
    if (!value.startsWith(ApiKeyService.PREFIX)) {
      throw new SallyportException(
          ProblemType.API_KEY_REQUIRED, ProblemType.API_KEY_REQUIRED.cause());
    }
    return new Secret(value);
  }
}
