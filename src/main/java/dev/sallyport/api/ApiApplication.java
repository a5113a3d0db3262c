package dev.sallyport.api;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import org.eclipse.microprofile.openapi.annotations.OpenAPIDefinition;
import org.eclipse.microprofile.openapi.annotations.enums.SecuritySchemeType;
import org.eclipse.microprofile.openapi.annotations.info.Info;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.security.SecurityScheme;

/// The REST API. Resources are found by scanning.
@ApplicationPath("/api/v1")
@OpenAPIDefinition(
    info = @Info(title = "Sallyport", version = "v1"),
    security = @SecurityRequirement(name = "apiKeyAuth"))
@SecurityScheme(
    securitySchemeName = "apiKeyAuth",
    type = SecuritySchemeType.HTTP,
    scheme = "bearer",
    description = "An API key, sp_…")
public class ApiApplication extends Application {}
