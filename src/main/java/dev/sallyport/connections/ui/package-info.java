/// The page where an admin says what an app's upstreams get.
@NullMarked
package dev.sallyport.connections.ui;

import org.jspecify.annotations.NullMarked;
