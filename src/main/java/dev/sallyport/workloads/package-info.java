/// Workloads: jobs of a CI system and services of a cluster that call REST with the tokens of their
/// own issuer, so that nobody stores a key there. A rule says which tokens: by issuer, by an
/// audience that opens no app, and by at least one condition that strangers at the same issuer
/// can't meet. The rule is the actor; its role is an assignment, never one that holds everything.
@NullMarked
package dev.sallyport.workloads;

import org.jspecify.annotations.NullMarked;
