package dev.sallyport.testing.idp;

import dev.sallyport.crypto.Secret;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The registered clients, and who of them is calling.
final class Clients {
  private static final String BASIC = "Basic ";

  private final Map<String, IdpClient> known = new ConcurrentHashMap<>();

  void register(IdpClient client) {
    known.put(client.id(), client);
  }

  Optional<IdpClient> find(String id) {
    return Optional.ofNullable(known.get(id));
  }

  List<IdpClient> all() {
    return List.copyOf(known.values());
  }

  /// RFC 6749 section 2.3: by Basic or in the body, never both. A public client gives its id alone.
  Optional<IdpClient> authenticate(HttpServerExchange exchange, Form form) {
    String header = exchange.getRequestHeaders().getFirst(Headers.AUTHORIZATION);
    if (header == null) {
      return known(form.first("client_id"), form.first("client_secret"));
    }
    boolean isTwice = form.has("client_secret");
    return header.startsWith(BASIC) && !isTwice
        ? basic(header.substring(BASIC.length()))
        : Optional.empty();
  }

  private Optional<IdpClient> basic(String credentials) {
    String[] parts = decoded(credentials).split(":", 2);
    return parts.length == 2 ? known(unescaped(parts[0]), unescaped(parts[1])) : Optional.empty();
  }

  private Optional<IdpClient> known(String id, String secret) {
    Optional<Secret> given = Optional.of(secret).filter(s -> !s.isEmpty()).map(Secret::new);
    return find(id).filter(client -> client.secret().equals(given));
  }

  private static String decoded(String base64) {
    try {
      return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  private static String unescaped(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return "";
    }
  }
}
