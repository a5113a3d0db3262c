/// Keys that the server makes and keeps for itself: one ring for each purpose, encrypted at rest,
/// so that a key of one purpose can never be taken for another's. Signing keys rotate, by hand and
/// by age: the next one is published before it signs, and a retired one verifies for as long as
/// anything that it signed may live.
@NullMarked
package dev.sallyport.keyring;

import org.jspecify.annotations.NullMarked;
