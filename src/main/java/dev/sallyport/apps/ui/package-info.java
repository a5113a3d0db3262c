/// The pages about apps: the list, the form, and what to paste into a client. Who may enter is
/// asked through an interface, because the feature that knows it lies above this one. Views only
/// show and ask; what may be done is decided by the services.
@NullMarked
package dev.sallyport.apps.ui;

import org.jspecify.annotations.NullMarked;
