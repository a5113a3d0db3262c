/// Pages of `docs/` that are made from the code. A test compares each with what the code says now;
/// with `-Dsallyport.docs.write=true` it writes the page instead.
@NullMarked
package dev.sallyport.docs;

import org.jspecify.annotations.NullMarked;
