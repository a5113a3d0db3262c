package dev.sallyport.users;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One user. Provider, e-mail, name and groups are as the last sign-in said.
public record UserDetails(
    String id,
    String issuer,
    String subject,
    String providerId,
    @Nullable String email,
    String displayName,
    List<String> groups,
    Instant createdAt,
    @Nullable Instant lastSignInAt,
    @Nullable Instant deactivatedAt) {

  public boolean isDeactivated() {
    return deactivatedAt != null;
  }
}
