package dev.sallyport.consolesessions.signin;

import org.jspecify.annotations.Nullable;

/// One way to sign in that the sign-in page offers as a button.
public interface SignInOption {
  /// What the button says.
  String label();

  /// The path of this site that the button leads to.
  ///
  /// @param returnTo the page that somebody wanted; a path of this site
  String href(@Nullable String returnTo);
}
