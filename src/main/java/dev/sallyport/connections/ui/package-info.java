/// The pages where an admin says what an app's upstreams get, and where people and admins see
/// connected accounts.
@NullMarked
package dev.sallyport.connections.ui;

import org.jspecify.annotations.NullMarked;
