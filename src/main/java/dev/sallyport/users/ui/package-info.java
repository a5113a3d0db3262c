/// The page of users: who has signed in, with which roles, and who is let in no more.
@NullMarked
package dev.sallyport.users.ui;

import org.jspecify.annotations.NullMarked;
