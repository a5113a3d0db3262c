/// Streams that the gateway holds open itself, for clients whose person must connect an account
/// first: they hear that it is done, and that there are other tools now, and begin anew at the
/// app's server. No stream holds a thread; each ends with its session, with its token, with a
/// change of what it was let in under, and after a while.
@NullMarked
package dev.sallyport.gateway.waiting;

import org.jspecify.annotations.NullMarked;
