/// What every stored thing shares: JSON columns, keyset pages and their cursors, the optimistic
/// lock.
@NullMarked
package dev.sallyport.persistence;

import org.jspecify.annotations.NullMarked;
