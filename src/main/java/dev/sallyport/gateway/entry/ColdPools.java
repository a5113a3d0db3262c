package dev.sallyport.gateway.entry;

/// The gateway's threads that may block, apart by what they wait for.
///
/// @param entering verify and open: they wait for our own database, and for issuers' keys
/// @param fetching wait for token endpoints and for apps' own servers, which may hang
public record ColdPools(ColdPool entering, ColdPool fetching) implements AutoCloseable {
  private static final int THREADS = 8;

  /// @param queue how much may wait in each
  public static ColdPools of(int queue) {
    return new ColdPools(
        new ColdPool("sallyport-entry", THREADS, queue),
        new ColdPool("sallyport-fetch", THREADS, queue));
  }

  @Override
  public void close() {
    entering.close();
    fetching.close();
  }
}
