/// What operators watch: readiness and the node's health.
@NullMarked
package dev.sallyport.observability;

import org.jspecify.annotations.NullMarked;
