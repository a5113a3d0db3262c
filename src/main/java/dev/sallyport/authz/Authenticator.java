package dev.sallyport.authz;

/// Knows one kind of credential. Implementations are CDI beans of the features.
public interface Authenticator {
  /// What these credentials are worth at this moment. Throws only when that can't be found out.
  Authentication authenticate(Credentials credentials);
}
