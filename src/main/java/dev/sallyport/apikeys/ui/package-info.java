/// The page about API keys: which there are, what each may do, and how a new value is shown, once.
@NullMarked
package dev.sallyport.apikeys.ui;

import org.jspecify.annotations.NullMarked;
