package dev.sallyport.http;

/// The guarded client for tests of other packages.
public final class OutboundFixture {
  private OutboundFixture() {}

  /// One that may fetch from servers of the test on 127.0.0.1.
  public static OutboundHttp toLoopback() {
    return Outbound.allowing("127.0.0.1").open();
  }
}
