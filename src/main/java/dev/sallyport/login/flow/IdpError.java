package dev.sallyport.login.flow;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// An error code of the identity provider, for the audit. Whatever is no plain code is not
/// repeated.
final class IdpError {
  private static final Pattern CODE = Pattern.compile("[A-Za-z0-9_.: -]{1,80}");

  private IdpError() {}

  static String shown(@Nullable String code) {
    return code != null && CODE.matcher(code).matches() ? code : "an unusual error";
  }
}
