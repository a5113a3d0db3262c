package dev.sallyport.users;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a validated sign-in says of a person.
public record PersonSignIn(
    String providerId,
    String issuer,
    String subject,
    @Nullable String email,
    String displayName,
    List<String> groups) {}
