/// The pages about console sessions: one's own account, everybody's sessions, and the keys that
/// sign their cookies.
@NullMarked
package dev.sallyport.consolesessions.ui;

import org.jspecify.annotations.NullMarked;
