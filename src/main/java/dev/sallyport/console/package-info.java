/// The empty shell of the console and the parts that all views share: headers, empty states, code
/// to copy, times, confirmations, and the one way to run a change and to show why it was refused.
/// It knows no feature: views come by `@Route`, the menu by `@Menu`. Views never touch the
/// database; they call the same services as REST, in the name of whoever is signed in.
@NullMarked
package dev.sallyport.console;

import org.jspecify.annotations.NullMarked;
