/// Finds out where people sign in for a remote server: from its challenge and its protected
/// resource metadata (RFC 9728) to its authorization server's metadata (RFC 8414, OpenID Connect
/// Discovery). Everything found is somebody else's word: it is fetched through the guarded way out,
/// must name the issuer that was asked for and a resource that the app is, and must offer S256.
@NullMarked
package dev.sallyport.connections.remote;

import org.jspecify.annotations.NullMarked;
