/// Who did what. A change and its row commit together; denials and failures go through a bounded
/// queue in a transaction of their own, so that a flood of them can't slow or undo anything. Rows
/// are never changed: a database trigger sees to that. Details never hold secrets.
@NullMarked
package dev.sallyport.audit;

import org.jspecify.annotations.NullMarked;
