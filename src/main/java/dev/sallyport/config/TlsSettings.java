package dev.sallyport.config;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Where https listens, and the PEM files of what it shows.
public record TlsSettings(Path certificate, Path key, String bind, int port) {
  private static final int LAST_PORT = 65_535;

  /// Null without files: https is somebody else's then, in front of this server.
  static @Nullable TlsSettings read(SettingReader in) {
    Path certificate = in.path(SettingKey.TLS_CERTIFICATE_FILE);
    Path key = in.path(SettingKey.TLS_KEY_FILE);
    int port = in.count(SettingKey.TLS_PORT);
    if (port > LAST_PORT) {
      in.problem(SettingKey.TLS_PORT, "must be at most " + LAST_PORT);
    }
    if (certificate != null && key != null) {
      return new TlsSettings(certificate, key, String.valueOf(in.text(SettingKey.TLS_BIND)), port);
    }
    if (certificate != null) {
      in.problem(SettingKey.TLS_KEY_FILE, "must be given with TLS_CERTIFICATE_FILE");
    } else if (key != null) {
      in.problem(SettingKey.TLS_CERTIFICATE_FILE, "must be given with TLS_KEY_FILE");
    }
    return null;
  }
}
