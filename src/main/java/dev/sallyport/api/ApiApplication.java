package dev.sallyport.api;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import org.eclipse.microprofile.openapi.annotations.OpenAPIDefinition;
import org.eclipse.microprofile.openapi.annotations.enums.SecuritySchemeIn;
import org.eclipse.microprofile.openapi.annotations.enums.SecuritySchemeType;
import org.eclipse.microprofile.openapi.annotations.info.Info;
import org.eclipse.microprofile.openapi.annotations.security.SecurityScheme;

/// The REST API. Resources are found by scanning.
@ApplicationPath("/api/v1")
@OpenAPIDefinition(info = @Info(title = "Sallyport", version = "v1"))
@SecurityScheme(
    securitySchemeName = ApiApplication.COOKIE_AUTH,
    type = SecuritySchemeType.APIKEY,
    in = SecuritySchemeIn.COOKIE,
    apiKeyName = "__Host-sallyport_session",
    description =
        "The console's session. A change also carries the value of the cookie"
            + " __Host-sallyport_csrf in X-CSRF-Token.")
@SecurityScheme(
    securitySchemeName = ApiApplication.API_KEY_AUTH,
    type = SecuritySchemeType.HTTP,
    scheme = "bearer",
    description = "An API key, sp_…")
@SecurityScheme(
    securitySchemeName = ApiApplication.BEARER_AUTH,
    type = SecuritySchemeType.HTTP,
    scheme = "bearer",
    bearerFormat = "JWT",
    description = "A token from /auth/token, or the token of a workload's issuer")
public class ApiApplication extends Application {
  public static final String COOKIE_AUTH = "cookieAuth";
  public static final String API_KEY_AUTH = "apiKeyAuth";
  public static final String BEARER_AUTH = "bearerAuth";
}
