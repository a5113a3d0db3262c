package dev.sallyport.api;

import jakarta.servlet.http.HttpServletResponse;

/// What every answer of the console and REST says to the browser. Vaadin starts itself from inline
/// script and evaluates, hence the two exceptions for the console.
final class SecurityHeaders {
  private static final String API_POLICY = "default-src 'none'; frame-ancestors 'none'";
  private static final String CONSOLE_POLICY =
      "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; "
          + "style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; "
          + "connect-src 'self' ws: wss:; object-src 'none'; base-uri 'self'; "
          + "form-action 'self'; frame-ancestors 'none'";

  private SecurityHeaders() {}

  static void set(HttpServletResponse response, String path) {
    boolean isApi = path.startsWith("/api/") || path.startsWith("/openapi");
    response.setHeader("Content-Security-Policy", isApi ? API_POLICY : CONSOLE_POLICY);
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("X-Frame-Options", "DENY");
    response.setHeader("Referrer-Policy", "same-origin");
    if (isApi) {
      response.setHeader("Cache-Control", "no-store");
    }
  }
}
