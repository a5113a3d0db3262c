/// Who may enter which apps: app auth configs, the snapshot of all trust that calls are decided by,
/// and the last refusals. A snapshot is immutable; what a change touches gets a
/// [dev.sallyport.appauth.AppTrust] on a new basis, and every decision on the old one is void.
@NullMarked
package dev.sallyport.appauth;

import org.jspecify.annotations.NullMarked;
