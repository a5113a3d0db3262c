/// Starts everything on one machine: PostgreSQL, WildFly with the WAR, and the demo world. `./run`,
/// `./check` and tests that have no server yet go through it.
///
/// What it starts it also stops, in the opposite order, whatever ends it; what a killed launcher
/// left behind is stopped by the next one on the same data folder. All ports are checked before
/// anything starts. Every failure that a user can mend is a [LaunchFailedException] of one line.
@NullMarked
package dev.sallyport.launcher;

import org.jspecify.annotations.NullMarked;
