/// What an app's own host keeps in a browser, and what passes between the browser's cookies and the
/// app. Sallyport's cookies and the app's live side by side on that host: neither gets at the
/// other's.
@NullMarked
package dev.sallyport.gateway.site;

import org.jspecify.annotations.NullMarked;
