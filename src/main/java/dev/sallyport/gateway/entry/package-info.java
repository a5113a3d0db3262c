/// The ways in that may block, beside the I/O threads: small pools, one that lets in and one that
/// fetches from other servers; one piece of work for all calls that ask for the same; and what a
/// token's calls take along to the upstream.
@NullMarked
package dev.sallyport.gateway.entry;

import org.jspecify.annotations.NullMarked;
