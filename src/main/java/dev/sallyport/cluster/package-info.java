/// What makes many nodes one system with nothing but PostgreSQL between them: the schema's
/// migration, the feed of changes, and the lease that a node lives by. A node that can't read the
/// feed does not know who was signed out, and says so instead of guessing.
@NullMarked
package dev.sallyport.cluster;

import org.jspecify.annotations.NullMarked;
