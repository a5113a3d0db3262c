package dev.sallyport.testing.idp;

import java.time.Instant;

/// One sign-in of a person, through one client.
record IdpSession(String sid, String person, String client, Instant start) {}
