/// The settings, read once at start from `SALLYPORT_*` variables and one file. The only package
/// that reads the environment. An unknown or bad key stops the start and is named.
@NullMarked
package dev.sallyport.config;

import org.jspecify.annotations.NullMarked;
