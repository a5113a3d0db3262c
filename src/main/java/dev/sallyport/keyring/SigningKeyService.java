package dev.sallyport.keyring;

import dev.sallyport.authz.Permission;
import dev.sallyport.authz.RequiresPermission;
import dev.sallyport.config.Settings;
import dev.sallyport.problem.SallyportException;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Shows the server's signing keys and rotates them.
@Stateless
public class SigningKeyService {
  @Inject KeyRotation rotation;
  @Inject Settings settings;
  @Inject Clock clock;

  /// By purpose, newest first.
  @RequiresPermission(Permission.AUTH_SIGNING_KEY_LIST)
  public List<SigningKeyDetails> list() {
    return Arrays.stream(KeyPurpose.values())
        .flatMap(purpose -> rotation.keysOf(purpose).stream().map(key -> details(purpose, key)))
        .toList();
  }

  /// Publishes the next key of a purpose.
  @RequiresPermission(Permission.AUTH_SIGNING_KEY_ROTATE)
  public SigningKeyDetails rotate(@Nullable String purpose) {
    KeyPurpose known =
        KeyPurpose.ofCode(String.valueOf(purpose))
            .orElseThrow(
                () ->
                    SallyportException.invalid(
                        "purpose",
                        "must be one of " + String.join(", ", KeyPurpose.codes()) + "."));
    return details(known, rotation.rotate(known));
  }

  private SigningKeyDetails details(KeyPurpose purpose, RingKey key) {
    Instant retiredAt = key.retiredAt();
    return new SigningKeyDetails(
        key.id(),
        purpose.code(),
        key.state(clock.instant()).name().toLowerCase(Locale.ROOT),
        key.createdAt(),
        key.activeFrom(),
        retiredAt,
        retiredAt == null ? null : retiredAt.plus(settings.cookies().keyRetention()));
  }
}
