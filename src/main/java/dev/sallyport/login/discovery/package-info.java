/// What a provider says about itself (OpenID Connect Discovery 1.0), and a walk along the way of a
/// sign-in that says what is wrong with it. A provider that offers no algorithm which is good
/// enough is none: here that ends every sign-in, test and refresh.
@NullMarked
package dev.sallyport.login.discovery;

import org.jspecify.annotations.NullMarked;
