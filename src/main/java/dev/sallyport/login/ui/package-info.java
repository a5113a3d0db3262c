/// The pages about signing in: the providers, each with its test and its keys, and which groups
/// give which roles.
@NullMarked
package dev.sallyport.login.ui;

import org.jspecify.annotations.NullMarked;
