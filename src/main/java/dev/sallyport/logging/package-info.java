/// What log lines carry beside their text, so that collectors find the lines of one call, app or
/// session without reading sentences. The names of the fields are the same everywhere; secrets are
/// in none of them.
@NullMarked
package dev.sallyport.logging;

import org.jspecify.annotations.NullMarked;
