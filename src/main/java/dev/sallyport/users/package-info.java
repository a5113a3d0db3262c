/// The people who have signed in to the console. A person is (issuer, subject), never an e-mail or
/// a name. Deactivation ends everything of theirs in one transaction and blocks until somebody who
/// holds at least as much reactivates them.
@NullMarked
package dev.sallyport.users;

import org.jspecify.annotations.NullMarked;
