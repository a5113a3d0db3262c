package dev.sallyport.apps;

import dev.sallyport.config.PublicUrl;
import dev.sallyport.problem.FieldErrors;
import java.net.URI;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Where people reach an HTTP app in a browser: an origin on a host of its own.
final class PublicAddress {
  private static final int MAX_LENGTH = 253 + "https://:65535".length();

  private PublicAddress() {}

  /// Adds what is wrong with it.
  static void check(String address, URI console, FieldErrors errors) {
    URI origin = address.length() > MAX_LENGTH ? null : PublicUrl.parse(address);
    if (origin == null) {
      errors.add(
          "publicAddress",
          "must be an origin such as https://wiki.apps.example, without a path; http only on"
              + " loopback, such as http://wiki.localhost:8080.");
      return;
    }
    // A browser must never give an app the console's cookies, and those know no ports.
    errors.addIf(
        origin.getHost().equalsIgnoreCase(console.getHost()),
        "publicAddress",
        "is the console's own host; an app needs one of its own.");
  }

  /// The form that is stored: as browsers send it as `Origin`.
  static @Nullable String written(@Nullable String checked) {
    return checked == null ? null : Objects.requireNonNull(PublicUrl.parse(checked)).toString();
  }

  /// The host of a checked address, in lower case.
  static String host(String checked) {
    return Objects.requireNonNull(PublicUrl.parse(checked)).getHost();
  }
}
