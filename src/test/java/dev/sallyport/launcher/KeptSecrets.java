package dev.sallyport.launcher;

import dev.sallyport.crypto.Secret;
import dev.sallyport.testing.demo.DemoWorld;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Random values, made at the first start of a data folder and the same ever after.
final class KeptSecrets {
  private static final String FOLDER = "secrets";
  private static final SecureRandom RANDOM = new SecureRandom();

  private final DataFolder data;

  KeptSecrets(DataFolder data) {
    this.data = data;
    data.folder(FOLDER);
  }

  Path masterKeyFile() {
    return file("master-key", Base64.getEncoder());
  }

  Path bootstrapTokenFile() {
    return file("bootstrap-token", Base64.getUrlEncoder().withoutPadding());
  }

  /// Of the account that migrates and owns the tables.
  Path migratePasswordFile() {
    return file("database-password", Base64.getUrlEncoder().withoutPadding());
  }

  /// The database's superuser; the server uses accounts of its own.
  Path databaseOwnerFile() {
    return file("database-owner-password", Base64.getUrlEncoder().withoutPadding());
  }

  /// Of the account that the server runs as.
  Path runPasswordFile() {
    return file("database-run-password", Base64.getUrlEncoder().withoutPadding());
  }

  /// Of the people at the demo identity provider.
  Map<String, Secret> demoPasswords() {
    Map<String, Secret> passwords = new LinkedHashMap<>();
    for (String person : DemoWorld.PEOPLE) {
      passwords.put(person, read(file("demo-" + person, Base64.getUrlEncoder().withoutPadding())));
    }
    return passwords;
  }

  /// Of the console's client at the demo identity provider.
  Secret consoleClientSecret() {
    return read(file("console-client-secret", Base64.getUrlEncoder().withoutPadding()));
  }

  /// Absent until [#keepAdminKey].
  Optional<Secret> adminKey() {
    Path file = data.path(FOLDER + "/admin-key");
    return Files.exists(file) ? Optional.of(read(file)) : Optional.empty();
  }

  void keepAdminKey(Secret key) {
    data.write(FOLDER + "/admin-key", key.reveal());
  }

  static Secret read(Path file) {
    try {
      return new Secret(Files.readString(file).strip());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path file(String name, Base64.Encoder encoder) {
    String relative = FOLDER + "/" + name;
    Path file = data.path(relative);
    if (!Files.exists(file)) {
      byte[] bytes = new byte[name.startsWith("demo-") ? 12 : 32];
      RANDOM.nextBytes(bytes);
      data.write(relative, encoder.encodeToString(bytes));
    }
    return file;
  }
}
