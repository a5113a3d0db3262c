/// A small world to run the gateway against: an identity provider (of the package `idp`), an MCP
/// server and an HTTP app that shows what it received. `./run` starts it for the demo, tests start
/// it for real traffic. It holds no state beyond its own life.
@NullMarked
package dev.sallyport.testing.demo;

import org.jspecify.annotations.NullMarked;
