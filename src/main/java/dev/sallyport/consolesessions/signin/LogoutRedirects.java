package dev.sallyport.consolesessions.signin;

import dev.sallyport.consolesessions.IdpSession;
import java.net.URI;
import java.util.Optional;

/// Knows where a browser goes on to be signed out at its identity provider as well (OpenID Connect
/// RP-Initiated Logout 1.0 section 2). Implementations are CDI beans.
public interface LogoutRedirects {
  /// The provider's page; empty when it has none, or is not known here.
  Optional<URI> after(IdpSession ended);
}
