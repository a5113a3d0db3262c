/// A real identity provider for tests: Keycloak, started once for a test run, with a realm of its
/// own for each test that takes a [KeycloakRealm] as a parameter.
///
/// It holds everything in memory and listens on a free port of 127.0.0.1. `.ci/keycloak` unpacks
/// and prepares it; nothing is downloaded here.
@NullMarked
package dev.sallyport.testing.keycloak;

import org.jspecify.annotations.NullMarked;
