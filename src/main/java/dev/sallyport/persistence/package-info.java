/// What every stored thing shares: plain SQL and the conditions of lists, JSON columns, slices and
/// keyset pages with their cursors, the optimistic lock.
@NullMarked
package dev.sallyport.persistence;

import org.jspecify.annotations.NullMarked;
