/// An app's own TLS: a client certificate with its key, and certificate authorities that count
/// besides the system's. One set for its upstreams, one for the token endpoint of its credential.
/// Keys are encrypted at rest and written only. What can't be used is an error and never left out:
/// nothing is called with less than was asked for.
@NullMarked
package dev.sallyport.connections.tls;

import org.jspecify.annotations.NullMarked;
