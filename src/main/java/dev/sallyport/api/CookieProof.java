package dev.sallyport.api;

import jakarta.servlet.http.HttpServletRequest;

/// Tells whether a change by cookie was meant by this site's own page. Without an implementation,
/// no change by cookie is taken.
public interface CookieProof {
  boolean isProven(HttpServletRequest request, String sessionId);
}
