package dev.sallyport.logout;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/// Reads the token out of the form's body, and never out of the address: addresses are logged.
final class LogoutForm {
  private static final String TYPE = "application/x-www-form-urlencoded";
  private static final String FIELD = "logout_token=";
  private static final int MAX_LENGTH = 64 * 1024;

  private LogoutForm() {}

  /// The one token; empty when the call is no such form.
  static Optional<String> token(HttpServletRequest request) throws IOException {
    String type = Objects.requireNonNullElse(request.getContentType(), "");
    if (!type.toLowerCase(Locale.ROOT).split(";", 2)[0].strip().equals(TYPE)) {
      return Optional.empty();
    }
    byte[] body = request.getInputStream().readNBytes(MAX_LENGTH + 1);
    return body.length > MAX_LENGTH
        ? Optional.empty()
        : token(new String(body, StandardCharsets.UTF_8));
  }

  static Optional<String> token(String body) {
    List<String> tokens =
        Arrays.stream(body.split("&")).filter(field -> field.startsWith(FIELD)).toList();
    if (tokens.size() != 1) {
      return Optional.empty();
    }
    try {
      String encoded = tokens.getFirst().substring(FIELD.length());
      return Optional.of(URLDecoder.decode(encoded, StandardCharsets.UTF_8))
          .filter(token -> !token.isEmpty());
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // a broken percent sign
    }
  }
}
