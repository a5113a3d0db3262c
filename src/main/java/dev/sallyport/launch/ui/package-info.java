/// The page from which people open their apps.
@NullMarked
package dev.sallyport.launch.ui;

import org.jspecify.annotations.NullMarked;
