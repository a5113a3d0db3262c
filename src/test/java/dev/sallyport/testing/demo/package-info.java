/// A small world to run the gateway against: an identity provider, an MCP server and an HTTP app
/// that shows what it received. `./run` starts it for the demo, tests start it for real traffic.
///
/// Everything listens on 127.0.0.1 only, on embedded Undertow, and holds no state beyond its own
/// life; the one exception is a person's `sub`, which is the same after every start. Nothing here
/// depends on the gateway beyond its `Secret`, so a fault there can't hide behind the same fault
/// here.
@NullMarked
package dev.sallyport.testing.demo;

import org.jspecify.annotations.NullMarked;
