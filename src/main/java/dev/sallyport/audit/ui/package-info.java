/// The console's page on who did what. It only reads: nothing in the audit can be changed, by
/// nobody. Rows are read as far as the list is scrolled.
@NullMarked
package dev.sallyport.audit.ui;

import org.jspecify.annotations.NullMarked;
