package dev.sallyport.gateway.relay;

import java.net.InetAddress;

/// An address that the resolver approved, until it is resolved again.
///
/// @param resolvedAt of [System#nanoTime]
record PinnedAddress(InetAddress address, long resolvedAt) {}
