/// How a browser comes in and goes out: the sign-in page with an API key or a one-time link, the
/// cookies that it then holds, where it is led afterwards, and signing out. Plain HTML, so that it
/// works before anything else of the console does. A one-time link is consumed by POST only. Other
/// ways to sign in are offered as a [SignInOption] and end with [SignInCookies].
@NullMarked
package dev.sallyport.consolesessions.signin;

import org.jspecify.annotations.NullMarked;
