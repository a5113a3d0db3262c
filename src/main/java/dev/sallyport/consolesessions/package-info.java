/// Signed-in browsers. The cookie names a session and is signed; what the session is worth is read
/// at each call: whether it was ended, went idle or reached its end, and what its actor may do at
/// this moment. Signing in, which is in `signin`, always makes a new session. A change over REST by
/// cookie needs the session's CSRF token besides this site's Origin.
@NullMarked
package dev.sallyport.consolesessions;

import org.jspecify.annotations.NullMarked;
