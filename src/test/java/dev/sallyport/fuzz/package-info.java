/// What fuzzing of our own parsers shares: the parsers' targets lie beside them as `XFuzz`, their
/// seeds in `src/test/fuzz`. `.ci/fuzz` runs them for as long as one likes.
@NullMarked
package dev.sallyport.fuzz;

import org.jspecify.annotations.NullMarked;
