/// Signing in to the console through an OpenID Connect provider: the providers, which of their
/// groups give which roles, and what a provider says about itself. A provider shares its issuer,
/// and so its keys, with the configs of apps. Whoever lets a group in confers what the group's role
/// holds, so each change of a mapping or of a provider with mappings asks for all of that. The
/// sign-in itself is in [dev.sallyport.login.flow].
@NullMarked
package dev.sallyport.login;

import org.jspecify.annotations.NullMarked;
