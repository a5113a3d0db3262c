/// The pages about apps, and the form parts that other features' pages use too: rows of fields,
/// lists of texts, labels, and the way of a refused field's sentence to its field. Views only show
/// and ask; what may be done is decided by the services.
@NullMarked
package dev.sallyport.apps.ui;

import org.jspecify.annotations.NullMarked;
