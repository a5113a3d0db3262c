package dev.sallyport.testing.idp;

import dev.sallyport.crypto.Secret;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;

/// A person at the demo identity provider.
public record DemoUser(String name, Secret password, String email, List<String> groups) {
  public DemoUser {
    groups = List.copyOf(groups);
  }

  public DemoUser(String name, String password, String email, List<String> groups) {
    this(name, new Secret(password), email, groups);
  }

  /// The full name.
  public String displayName() {
    return Character.toUpperCase(name.charAt(0)) + name.substring(1) + " Demo";
  }

  /// Opaque, and the same after every start, so that a kept database still knows the person.
  public String subject() {
    byte[] seed = ("sallyport-demo:" + name).getBytes(StandardCharsets.UTF_8);
    return UUID.nameUUIDFromBytes(seed).toString();
  }
}
