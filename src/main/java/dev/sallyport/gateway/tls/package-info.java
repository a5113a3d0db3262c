/// The https listener of this node. It shows the certificate of two PEM files and takes up new ones
/// while connections live on; what is broken in them is warned of, and the old certificate stays.
/// Its requests go the way of all others.
@NullMarked
package dev.sallyport.gateway.tls;

import org.jspecify.annotations.NullMarked;
