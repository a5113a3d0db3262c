/// The page about roles: what each holds, and who has which one where and until when. Everything is
/// decided by the services; the page only explains.
@NullMarked
package dev.sallyport.roles.ui;

import org.jspecify.annotations.NullMarked;
