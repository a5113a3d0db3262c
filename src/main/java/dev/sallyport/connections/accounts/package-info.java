/// Connected accounts as people and admins see them: the list, refreshing, revoking and ending by
/// filter, and what agents may do with them. One's own needs no permission; others' need one, which
/// may hold for the apps of a label scope only. No token is ever shown.
@NullMarked
package dev.sallyport.connections.accounts;

import org.jspecify.annotations.NullMarked;
