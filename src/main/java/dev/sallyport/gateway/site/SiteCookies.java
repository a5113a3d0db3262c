package dev.sallyport.gateway.site;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The cookies on an app's own host: ours are told from the app's by their names. `__Host-` and
/// Secure, except where the host is plain http on loopback.
public final class SiteCookies {
  private static final String OWN = "sallyport_";
  private static final String SESSION = OWN + "app";
  private static final String STATE = OWN + "state_";
  private static final List<String> PREFIXES = List.of("__host-", "__secure-");

  private final boolean isSecure;

  public SiteCookies(boolean isSecure) {
    this.isSecure = isSecure;
  }

  /// Whether a name is ours, however it is spelled.
  static boolean isOwn(String name) {
    String bare = name.strip().toLowerCase(Locale.ROOT);
    for (String prefix : PREFIXES) {
      if (bare.startsWith(prefix)) {
        bare = bare.substring(prefix.length());
      }
    }
    return bare.startsWith(OWN);
  }

  /// What stands for somebody who is signed in at the app; several when somebody planted another.
  public List<String> sessions(@Nullable List<String> headers) {
    return CookieHeader.values(headers, name(SESSION));
  }

  /// What an unfinished sign-in left here; several make none.
  public @Nullable String state(@Nullable List<String> headers, String mark) {
    List<String> found = CookieHeader.values(headers, name(STATE + mark));
    return found.size() == 1 ? found.getFirst() : null;
  }

  /// The names of all unfinished sign-ins.
  public List<String> states(@Nullable List<String> headers) {
    List<String> found = new ArrayList<>();
    for (String name : CookieHeader.names(headers)) {
      if (name.startsWith(name(STATE))) {
        found.add(name);
      }
    }
    return found;
  }

  public String setSession(String value, Duration life) {
    return set(name(SESSION), value, life);
  }

  public String setState(String mark, String value, Duration life) {
    return set(name(STATE + mark), value, life);
  }

  public String dropState(String mark) {
    return drop(name(STATE + mark));
  }

  public String drop(String name) {
    return set(name, "", Duration.ZERO);
  }

  // Lax: people come by links of other sites, and only their navigations bring it then.
  private String set(String name, String value, Duration life) {
    return name
        + "="
        + value
        + "; Path=/; HttpOnly; SameSite=Lax; Max-Age="
        + Math.max(0, life.toSeconds())
        + (isSecure ? "; Secure" : "");
  }

  private String name(String bare) {
    return isSecure ? "__Host-" + bare : bare;
  }
}
