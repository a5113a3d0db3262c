/// What can go wrong, said once: every refusal has a stable code, a status and a sentence for the
/// caller. Edges (REST, gateway, console) translate from here and invent no codes of their own.
/// `docs/errors.md` is generated from [dev.sallyport.problem.ProblemType].
@NullMarked
package dev.sallyport.problem;

import org.jspecify.annotations.NullMarked;
