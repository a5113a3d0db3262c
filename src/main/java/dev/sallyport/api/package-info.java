/// The empty shell of REST and of every servlet call: JSON bodies, problems, the actor, the request
/// id, the early permission check. Features bring their own resources.
@NullMarked
package dev.sallyport.api;

import org.jspecify.annotations.NullMarked;
