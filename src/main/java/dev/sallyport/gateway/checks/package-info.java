/// Asks upstreams how they are when no call does: those whose app wants it at regular times, and
/// those that are down until they can be reached again.
///
/// Invariants: checks run on threads of their own, one at a time for each upstream, and go through
/// the same guard of addresses as calls. They carry no credential and no identity.
@NullMarked
package dev.sallyport.gateway.checks;

import org.jspecify.annotations.NullMarked;
