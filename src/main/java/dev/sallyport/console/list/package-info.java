/// Parts of the pages that list something: the table with its kinds of columns, the buttons in its
/// rows, the search above it and the line that counts. A row keeps its identity when its list is
/// read anew, so that what is under the pointer stays what it was.
@NullMarked
package dev.sallyport.console.list;

import org.jspecify.annotations.NullMarked;
