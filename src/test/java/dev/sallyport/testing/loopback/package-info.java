/// HTTP servers of tests and of the demo: on 127.0.0.1 only, on embedded Undertow.
@NullMarked
package dev.sallyport.testing.loopback;

import org.jspecify.annotations.NullMarked;
