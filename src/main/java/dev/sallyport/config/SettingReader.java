package dev.sallyport.config;

import dev.sallyport.crypto.Secret;
import dev.sallyport.problem.PlainText;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Turns texts into values and collects what is wrong with them.
final class SettingReader {
  private final RawSettings raw;

  SettingReader(RawSettings raw) {
    this.raw = raw;
  }

  @Nullable String text(SettingKey key) {
    return raw.text(key);
  }

  @Nullable Secret secret(SettingKey key) {
    String value = raw.text(key);
    return value == null || value.isEmpty() ? null : new Secret(value);
  }

  /// None without a user.
  Optional<Settings.Account> account(SettingKey user, SettingKey password) {
    Secret secret = new Secret(Objects.requireNonNullElse(raw.text(password), ""));
    return Optional.ofNullable(raw.text(user)).map(name -> new Settings.Account(name, secret));
  }

  Secret required(SettingKey key) {
    Secret value = secret(key);
    if (value == null) {
      raw.problem(key, "must be set");
      return new Secret("");
    }
    return value;
  }

  long number(SettingKey key) {
    String value = Objects.requireNonNull(raw.text(key));
    try {
      long number = Long.parseLong(value);
      if (number > 0) {
        return number;
      }
    } catch (NumberFormatException e) {
      // falls through to the one sentence for all wrong numbers
    }
    raw.problem(key, "must be a whole number above 0, not '" + value + "'");
    return 1;
  }

  int count(SettingKey key) {
    long number = number(key);
    if (number > Integer.MAX_VALUE) {
      raw.problem(key, "must be at most " + Integer.MAX_VALUE);
    }
    return (int) Math.min(number, Integer.MAX_VALUE);
  }

  Duration secondsAtMost(SettingKey key, int most) {
    long seconds = number(key);
    if (seconds > most) {
      raw.problem(key, "must be at most " + most);
    }
    return Duration.ofSeconds(Math.min(seconds, most));
  }

  Duration duration(SettingKey key) {
    String value = Objects.requireNonNull(raw.text(key));
    try {
      Duration duration = Duration.parse(value);
      if (duration.isPositive()) {
        return duration;
      }
    } catch (DateTimeParseException e) {
      // falls through to the one sentence for all wrong durations
    }
    raw.problem(key, "must be a duration such as PT10S or PT8H, not '" + value + "'");
    return Duration.ofSeconds(1);
  }

  /// Zero is a duration here: nothing happens for so long.
  Duration durationOrNone(SettingKey key) {
    return Duration.ZERO.toString().equals(raw.text(key)) ? Duration.ZERO : duration(key);
  }

  Duration durationAtMost(SettingKey key, Duration most) {
    Duration duration = duration(key);
    if (duration.compareTo(most) > 0) {
      raw.problem(key, "must be at most " + most);
    }
    return duration;
  }

  boolean flag(SettingKey key) {
    String value = Objects.requireNonNull(raw.text(key)).toLowerCase(Locale.ROOT);
    if (!value.equals("true") && !value.equals("false")) {
      raw.problem(key, "must be true or false, not '" + value + "'");
    }
    return value.equals("true");
  }

  String oneOf(SettingKey key, List<String> values) {
    String value = Objects.requireNonNull(raw.text(key));
    if (!values.contains(value)) {
      raw.problem(key, "must be " + String.join(" or ", values) + ", not '" + value + "'");
    }
    return value;
  }

  List<String> list(SettingKey key) {
    String value = Objects.requireNonNullElse(raw.text(key), "");
    return Arrays.stream(value.split(",")).map(String::strip).filter(s -> !s.isEmpty()).toList();
  }

  /// A short text for people to read.
  String line(SettingKey key) {
    String value = Objects.requireNonNull(raw.text(key)).strip();
    if (value.isEmpty() || value.length() > 200 || !PlainText.isLine(value)) {
      raw.problem(key, "must be a text of 1 to 200 characters, none of them a control character");
    }
    return value;
  }

  /// Addresses of pages: http or https, without user info, query or fragment.
  List<URI> pages(SettingKey key) {
    return list(key).stream().map(text -> page(key, text)).toList();
  }

  private URI page(SettingKey key, String text) {
    try {
      URI url = URI.create(text);
      boolean isWeb = "https".equals(url.getScheme()) || "http".equals(url.getScheme());
      boolean isBare =
          url.getRawUserInfo() == null && url.getRawQuery() == null && url.getRawFragment() == null;
      if (isWeb && isBare && url.getHost() != null) {
        return url;
      }
    } catch (IllegalArgumentException e) {
      // falls through to the one sentence for all wrong addresses
    }
    raw.problem(key, "must hold URLs such as https://host/path, not '" + text + "'");
    return URI.create("https://invalid");
  }

  @Nullable Path path(SettingKey key) {
    String value = raw.text(key);
    try {
      return value == null ? null : Path.of(value);
    } catch (InvalidPathException e) {
      raw.problem(key, "is no path");
      return null;
    }
  }

  /// The host's own name, unless another was given.
  String nodeName() {
    String name = raw.text(SettingKey.NODE_NAME);
    if (name != null) {
      return name;
    }
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "unnamed";
    }
  }

  URI publicUrl() {
    String value = Objects.requireNonNull(raw.text(SettingKey.PUBLIC_URL));
    URI url = PublicUrl.parse(value);
    if (url != null) {
      return url;
    }
    raw.problem(
        SettingKey.PUBLIC_URL,
        "must be https://host[:port] without a path (http only on loopback)");
    return URI.create("http://127.0.0.1");
  }

  /// The URL is compared to the letter by those who fetch it, so that it is kept as it is.
  @Nullable String clientIdUrl() {
    String value = raw.text(SettingKey.CONNECTION_CLIENT_ID);
    if (value != null && !isDocumentUrl(value)) {
      raw.problem(
          SettingKey.CONNECTION_CLIENT_ID, "must be an https URL with a path, without user or #");
    }
    return value;
  }

  private static boolean isDocumentUrl(String text) {
    try {
      URI url = URI.create(text);
      return "https".equals(url.getScheme())
          && url.getHost() != null
          && url.getRawPath().length() > 1
          && url.getRawUserInfo() == null
          && url.getRawFragment() == null;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  void problem(SettingKey key, String sentence) {
    raw.problem(key, sentence);
  }

  void throwIfAny() {
    if (!raw.problems().isEmpty()) {
      throw new BadSettingsException(raw.problems());
    }
  }
}
