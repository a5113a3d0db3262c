/// What upstreams get to know and to prove with: the assertion, nothing, a configured credential,
/// or a token that Sallyport fetches for the app or exchanges for the caller's. Secrets are
/// encrypted at rest and written only; fetched tokens live in memory, never longer than the token
/// that they were fetched with. The gateway asks on the cold path and keeps the answer with the
/// caller's token.
@NullMarked
package dev.sallyport.connections;

import org.jspecify.annotations.NullMarked;
