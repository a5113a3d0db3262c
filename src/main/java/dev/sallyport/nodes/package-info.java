/// The servers that share one database, as an admin sees them: which there are, since when, and
/// whether each hears of every change. Only shows; what a node may do without the others is decided
/// by its own lease.
@NullMarked
package dev.sallyport.nodes;

import org.jspecify.annotations.NullMarked;
