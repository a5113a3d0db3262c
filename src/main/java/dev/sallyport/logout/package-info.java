/// OpenID Connect Back-Channel Logout 1.0: an identity provider tells that somebody signed out, and
/// what the person has here ends, at the console and at every app. The token is verified like any
/// other of its issuer, works once, and is used up in the transaction that does its work: what
/// failed is done by the retry, what is repeated does nothing.
@NullMarked
package dev.sallyport.logout;

import org.jspecify.annotations.NullMarked;
