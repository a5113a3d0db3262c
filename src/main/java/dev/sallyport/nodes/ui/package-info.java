/// The page of the nodes.
@NullMarked
package dev.sallyport.nodes.ui;

import org.jspecify.annotations.NullMarked;
