package dev.sallyport.appauth.verification;

import dev.sallyport.jose.Claims;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Who acts for the person (RFC 8693 section 4.1), the present actor first. Its compact form joins
/// them by `<`, is unambiguous, and is part of a session's identity.
public record ActorChain(List<String> actors) {
  private static final int MAX_LENGTH = 255;

  public ActorChain {
    actors = List.copyOf(actors);
  }

  /// Reads the `act` claim; null when it is of no usable form.
  static @Nullable ActorChain of(Claims claims) {
    List<String> actors = new ArrayList<>();
    Claims level = claims;
    while (level.present("act")) {
      level = level.object("act");
      String name = level == null ? null : name(level);
      if (level == null || name == null) {
        return null;
      }
      actors.add(name);
    }
    return new ActorChain(actors);
  }

  private static @Nullable String name(Claims actor) {
    String subject = actor.string("sub") == null ? actor.string("client_id") : actor.string("sub");
    String iss = actor.string("iss");
    return subject == null || subject.isEmpty()
        ? null
        : (iss == null ? "" : escape(iss) + "|") + escape(subject);
  }

  /// Reads what [#compact] wrote; null is the empty chain.
  public static ActorChain ofCompact(@Nullable String compact) {
    return new ActorChain(compact == null ? List.of() : List.of(compact.split("<")));
  }

  /// The chain with one more actor, who acts from now on.
  public ActorChain through(String actor) {
    List<String> longer = new ArrayList<>(List.of(escape(actor)));
    longer.addAll(actors);
    return new ActorChain(longer);
  }

  /// The compact form; null when nobody acts for the person.
  public @Nullable String compact() {
    return actors.isEmpty() ? null : String.join("<", actors);
  }

  /// The `act` claim for a token of ours; empty when nobody acts for the person.
  public Map<String, Object> claim() {
    Map<String, Object> inner = Map.of();
    for (String actor : actors.reversed()) {
      Map<String, Object> outer = new LinkedHashMap<>();
      int bar = actor.indexOf('|');
      if (bar >= 0) {
        outer.put("iss", unescape(actor.substring(0, bar)));
      }
      outer.put("sub", unescape(actor.substring(bar + 1)));
      if (!inner.isEmpty()) {
        outer.put("act", inner);
      }
      inner = outer;
    }
    return inner;
  }

  boolean isStorable() {
    return actors.stream().collect(Collectors.joining("<")).length() <= MAX_LENGTH;
  }

  private static String escape(String text) {
    return text.replace("%", "%25").replace("<", "%3C").replace("|", "%7C");
  }

  private static String unescape(String text) {
    return text.replace("%7C", "|").replace("%3C", "<").replace("%25", "%");
  }
}
