package dev.sallyport.jose;

import java.net.URI;

/// Gets the text of a key set. Whoever implements it guards the address, takes status 200 only,
/// reads at most [JwksCache#MAX_LENGTH] bytes and gives up after a bounded time: callers wait.
@FunctionalInterface
public interface JwksFetcher {
  String fetch(URI url) throws JwksUnavailableException;
}
