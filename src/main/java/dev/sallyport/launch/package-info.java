/// Opens HTTP apps in the browser, on hosts of their own. A sign-in at the console's host is handed
/// over by a code that works once, for a minute, for one app and in one browser; what the provider
/// said of the person opens the app session, never a token. A cookie stands for it at the app's
/// host: its hash is one of the session's tokens, so that it ends as they do, and with the console
/// session that it came from.
@NullMarked
package dev.sallyport.launch;

import org.jspecify.annotations.NullMarked;
