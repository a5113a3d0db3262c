/// Who this gateway is at other people's authorization servers: clients that an admin registered
/// there, the client that describes itself under a URL (CIMD), and those that were registered by
/// themselves (RFC 7591). A client belongs to one issuer and is shown to no other. Secrets are
/// encrypted at rest and written only.
@NullMarked
package dev.sallyport.connections.clients;

import org.jspecify.annotations.NullMarked;
