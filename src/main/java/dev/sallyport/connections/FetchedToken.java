package dev.sallyport.connections;

import dev.sallyport.crypto.Secret;
import java.time.Instant;

/// A token that a token endpoint gave.
///
/// @param until when it is used no more: its own end, less a margin
record FetchedToken(Secret value, Instant until) {}
