/// The console's pages on who is in: the live sessions, how they are ended, and who was refused and
/// why. Lists are read by slices from the database, never whole; a list that somebody works on is
/// not moved under their hands.
@NullMarked
package dev.sallyport.appsessions.ui;

import org.jspecify.annotations.NullMarked;
