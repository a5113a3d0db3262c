/// What became of sessions. Ended ones leave the table of live ones for partitions by month, in
/// batches and only when no token of theirs could be used any more; whole months are dropped when
/// they are old enough. Lists read both tables, opening and ending the live one alone.
@NullMarked
package dev.sallyport.appsessions.history;

import org.jspecify.annotations.NullMarked;
