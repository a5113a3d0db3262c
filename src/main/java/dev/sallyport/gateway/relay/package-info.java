/// Carries one call from a client to an upstream and streams the answer back, byte for byte.
///
/// It runs on the I/O thread of the client's connection and never blocks it: names are resolved on
/// another executor, everything else is non-blocking. It knows nothing of tokens, apps or sessions;
/// the door says through [dev.sallyport.gateway.relay.RelayCall] what to send and what to answer.
///
/// Invariants: a request is sent at most once (only a failed connect tries the next upstream); a
/// connection goes back to its pool only when its exchange is finished on both sides, beyond doubt
/// and with nothing behind it, otherwise it is killed; no identity header of the client reaches an
/// upstream.
@NullMarked
package dev.sallyport.gateway.relay;

import org.jspecify.annotations.NullMarked;
