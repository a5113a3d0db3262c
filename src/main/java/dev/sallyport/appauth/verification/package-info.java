/// Decides whether a token may enter an app: one list of rules, cheap ones first, run in 3 ways.
/// Verifying stops at the first rule that fails, explaining goes on, re-evaluating runs the rules
/// of policy over a token that was verified before. Keys are fetched only for a token whose issuer,
/// audience and times fit; nothing about policy is said before the signature is good. Knows facts
/// only: no database, no request. What a caller is told never names what the config expects; what
/// an admin is told never holds the token.
@NullMarked
package dev.sallyport.appauth.verification;

import org.jspecify.annotations.NullMarked;
