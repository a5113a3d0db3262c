/// The rules that hold between packages and classes, read from the compiled code. Where something
/// must break a rule, it is named beside the rule with its reason; no rule is weakened for it.
@NullMarked
package dev.sallyport.architecture;

import org.jspecify.annotations.NullMarked;
