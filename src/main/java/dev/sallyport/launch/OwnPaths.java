package dev.sallyport.launch;

/// What Sallyport keeps for itself on an app's own host; the app never sees it.
public final class OwnPaths {
  public static final String PREFIX = "/.sallyport/";

  /// Where a code comes back to.
  public static final String SIGNED_IN = PREFIX + "signed-in";

  /// On the console's host: where a browser without a cookie is sent, with the app's name behind
  /// it.
  public static final String LAUNCH = "/launch/";

  /// How much of a challenge says which of a browser's open tabs came back.
  public static final int MARK_LENGTH = 8;

  private OwnPaths() {}
}
