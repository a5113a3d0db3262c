/// Roles and what they hold. Permissions are read live: no credential carries any.
@NullMarked
package dev.sallyport.roles;

import org.jspecify.annotations.NullMarked;
