package dev.sallyport.login;

import java.time.Instant;
import java.util.List;

/// Somebody's last sign-in through a provider, with the groups that it showed.
public record RecentSignIn(
    String userId, String providerId, String name, List<String> groups, Instant at) {}
