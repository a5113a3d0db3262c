package dev.sallyport.authz;

import java.util.Optional;

/// Knows one kind of credential. Implementations are CDI beans of the features.
public interface Authenticator {
  /// The actor behind these credentials; empty when they are not of this kind or not valid.
  Optional<Actor> authenticate(Credentials credentials);
}
