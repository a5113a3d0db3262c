package dev.sallyport.consolesessions.signin;

import java.util.List;

/// Knows ways to sign in. Implementations are CDI beans.
public interface SignInOptions {
  /// What can be offered at this moment, in the order of the page.
  List<SignInOption> options();
}
