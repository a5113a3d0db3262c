/// The console in a real browser, as an admin uses it: against the whole server, by what can be
/// seen and clicked. Compiled in the Maven profile `browser` only.
@NullMarked
package dev.sallyport.browser;

import org.jspecify.annotations.NullMarked;
