/// What tests share: the running server of integration and browser tests, and in `demo` the world
/// around it. Nothing in here knows the inside of the server.
@NullMarked
package dev.sallyport.testing;

import org.jspecify.annotations.NullMarked;
