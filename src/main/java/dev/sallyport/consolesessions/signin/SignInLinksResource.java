package dev.sallyport.consolesessions.signin;

import dev.sallyport.authz.ActorKind;
import dev.sallyport.authz.CallContext;
import dev.sallyport.authz.NeedsCredential;
import dev.sallyport.authz.PublicEndpoint;
import dev.sallyport.config.Settings;
import dev.sallyport.crypto.Secret;
import dev.sallyport.problem.ProblemType;
import dev.sallyport.problem.SallyportException;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// `POST /auth/sign-in-links`: whoever holds a key makes a link that signs one browser in.
@Path("auth/sign-in-links")
@RequestScoped
public class SignInLinksResource {
  private static final Pattern KEY = Pattern.compile("(?i:bearer) +sp_");

  @Inject SignInLinks links;
  @Inject Settings settings;

  /// The link, good for one sign-in within ten minutes. The secret stands behind `#`, which
  /// browsers send to no server and write into no log.
  public record SignInLink(String url) {}

  @POST
  @NeedsCredential
  @PublicEndpoint("Makes a link for the caller's own actor; the service refuses anonymous callers.")
  public Response create(@HeaderParam("Authorization") @Nullable String authorization) {
    // The session that it starts would outlive a token, and a person's sign-out at their provider.
    boolean isPerson = CallContext.current().actor().kind() == ActorKind.USER;
    if (isPerson || (authorization != null && !KEY.matcher(authorization).lookingAt())) {
      throw new SallyportException(
          ProblemType.API_KEY_REQUIRED, ProblemType.API_KEY_REQUIRED.cause());
    }
    Secret link = links.create();
    return Response.status(Response.Status.CREATED)
        .entity(new SignInLink(settings.publicBase() + "/auth/sign-in#" + link.reveal()))
        .build();
  }
}
