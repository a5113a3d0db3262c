/// What holds the console together and no feature needs to know: the servlet that answers for its
/// paths, the making of views with CDI, the check of permissions before a view is entered, the
/// frame around views, and the pages for what is refused, missing or broken. Anonymous callers get
/// no view and no server state at all.
@NullMarked
package dev.sallyport.console.shell;

import org.jspecify.annotations.NullMarked;
