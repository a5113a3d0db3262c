/// Keys that the server makes and keeps for itself: one ring for each purpose, encrypted at rest,
/// so that a key of one purpose can never be taken for another's.
@NullMarked
package dev.sallyport.keyring;

import org.jspecify.annotations.NullMarked;
