/// Signed-in browsers. The cookie is 256 random bits, stored as SHA-256; permissions are read live
/// from whoever signed in, so that a deleted key ends its browser sessions at the next call.
/// Signing in always makes a new session, and a one-time link is consumed by POST only.
@NullMarked
package dev.sallyport.consolesessions;

import org.jspecify.annotations.NullMarked;
