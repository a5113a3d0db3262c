/// How upstreams are, told by the calls and checks that went to them. Nothing here knows a
/// connection.
///
/// Invariants: what goes well costs a call a read of memory and a counter, no lock; only what fails
/// takes one. What can't be reached is down; what answers badly is only avoided, because an
/// upstream that answers is better than none.
@NullMarked
package dev.sallyport.gateway.health;

import org.jspecify.annotations.NullMarked;
