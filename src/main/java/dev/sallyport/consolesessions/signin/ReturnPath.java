package dev.sallyport.consolesessions.signin;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The page that somebody wanted before they had to sign in. Only ever a path of this site: an
/// address of another one would make the sign-in page a stepping stone for phishing.
public record ReturnPath(String value) {
  public static final ReturnPath HOME = new ReturnPath("/");

  // No `//` or `\` at the start, which browsers read as another host.
  private static final Pattern OWN =
      Pattern.compile("/([A-Za-z0-9_.~?=&%:,+@-][\\w.~?=&%:,+@/-]*)?");
  private static final int MAX_LENGTH = 1_000;

  public static ReturnPath of(@Nullable String wanted) {
    return wanted != null && isOwn(wanted) ? new ReturnPath(wanted) : HOME;
  }

  private static boolean isOwn(String path) {
    return path.length() <= MAX_LENGTH && OWN.matcher(path).matches() && !path.startsWith("/auth/");
  }
}
