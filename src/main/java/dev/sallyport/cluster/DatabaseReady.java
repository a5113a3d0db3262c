package dev.sallyport.cluster;

/// Fired once at start, when the schema is migrated. Observers start in the order of these
/// priorities.
public record DatabaseReady() {
  public static final int KEYS = 100;
  public static final int ACCESS = 200;
  public static final int FEED = 300;
  public static final int CACHES = 400;
  public static final int DOOR = 500;
}
