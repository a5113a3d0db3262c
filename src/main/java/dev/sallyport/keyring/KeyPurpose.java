package dev.sallyport.keyring;

import dev.sallyport.crypto.MacKey;
import dev.sallyport.crypto.Secret;
import dev.sallyport.jose.JwtSigner;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// What a signing key of the server's own is for, and how the next one takes over.
public enum KeyPurpose {
  /// Cookies of console sessions and of sign-ins under way. Every node finds a new key in the
  /// database, so it may sign at once.
  CONSOLE_COOKIES("console-cookies", MacKey::newKey, Duration.ZERO),
  /// What upstreams get to know their callers by. They keep our published keys for five minutes.
  ASSERTIONS("assertion", JwtSigner::newKey, Duration.ofMinutes(10)),
  /// Machine tokens that API keys are traded for.
  API_TOKENS("api-tokens", JwtSigner::newKey, Duration.ofMinutes(10)),
  /// Checkpoints and exports of the audit, which remembers the public keys by itself.
  AUDIT("audit", JwtSigner::newKey, Duration.ZERO);

  private final String code;
  private final Supplier<Secret> maker;
  private final Duration lead;

  KeyPurpose(String code, Supplier<Secret> maker, Duration lead) {
    this.code = code;
    this.maker = maker;
    this.lead = lead;
  }

  /// The form that is stored and shown, such as `console-cookies`.
  public String code() {
    return code;
  }

  public static Optional<KeyPurpose> ofCode(String code) {
    return Arrays.stream(values()).filter(purpose -> purpose.code.equals(code)).findFirst();
  }

  public static List<String> codes() {
    return Arrays.stream(values()).map(KeyPurpose::code).toList();
  }

  Secret newKey() {
    return maker.get();
  }

  /// How long a key is published before it signs.
  Duration lead() {
    return lead;
  }
}
