/// Limits for what an unknown client can make us do: refused tokens, calls without one, sign-ins,
/// public routes; and for each API key. Every kind has its own buckets, so that one flood does not
/// close another door. A live token is never limited. Buckets live on the node and in bounded
/// memory; a node that restarts starts with full ones.
@NullMarked
package dev.sallyport.ratelimit;

import org.jspecify.annotations.NullMarked;
