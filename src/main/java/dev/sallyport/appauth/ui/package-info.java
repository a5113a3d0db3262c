/// The pages about app auth configs, called trusted issuers there, and the token tester. The form
/// shows what a config would mean before it is stored: which apps it opens, which config decides at
/// each, and what takes over without it. A token that is tried lives in the page only while it is
/// open.
@NullMarked
package dev.sallyport.appauth.ui;

import org.jspecify.annotations.NullMarked;
