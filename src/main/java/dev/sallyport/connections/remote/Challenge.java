package dev.sallyport.connections.remote;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a server says when it wants a sign-in, or a better one (RFC 6750 section 3, RFC 9728
/// section 5.1).
///
/// @param scopes what the call needs; empty where it does not say
/// @param error such as `insufficient_scope`
public record Challenge(
    @Nullable String resourceMetadata, List<String> scopes, @Nullable String error) {
  private static final int LONGEST = 8_192;
  private static final int MOST_SCOPES = 100;
  private static final String TOKEN = "[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}+";
  // RFC 9110 section 11.3; a value without quotes is read up to the next comma, as many send URLs.
  private static final Pattern SCHEME = Pattern.compile("[\\s,]*+(" + TOKEN + ")(?=[\\s,]|$)");
  private static final Pattern TOKEN68 = Pattern.compile("\\s++[A-Za-z0-9._~+/-]++=*+\\s*+(?=,|$)");
  private static final Pattern PARAMETER =
      Pattern.compile(
          "[\\s,]*+(" + TOKEN + ")\\s*+=\\s*+(?:\"((?:[^\"\\\\]|\\\\.)*+)\"|([^\\s,\"]++))");

  private record Read(String scheme, Map<String, String> parameters) {}

  /// The bearer challenge among these header values; one that points to metadata goes first.
  public static Optional<Challenge> parse(List<String> wwwAuthenticate) {
    List<Challenge> bearer =
        wwwAuthenticate.stream()
            .filter(value -> value.length() <= LONGEST)
            .flatMap(value -> read(value).stream())
            .filter(read -> read.scheme().equalsIgnoreCase("Bearer"))
            .map(read -> of(read.parameters()))
            .toList();
    return bearer.stream()
        .filter(challenge -> challenge.resourceMetadata() != null)
        .findFirst()
        .or(() -> bearer.stream().findFirst());
  }

  private static Challenge of(Map<String, String> parameters) {
    return new Challenge(
        parameters.get("resource_metadata"),
        scopes(parameters.getOrDefault("scope", "")),
        parameters.get("error"));
  }

  private static List<String> scopes(String text) {
    return Pattern.compile(" +")
        .splitAsStream(text)
        .filter(ConnectionScopes::isScope)
        .distinct()
        .limit(MOST_SCOPES)
        .toList();
  }

  private static List<Read> read(String value) {
    List<Read> found = new ArrayList<>();
    Matcher in = SCHEME.matcher(value);
    while (isNext(in, SCHEME)) {
      Read challenge = new Read(Objects.requireNonNull(in.group(1)), new HashMap<>());
      found.add(challenge);
      in.region(in.end(), value.length());
      if (isNext(in, TOKEN68)) {
        in.region(in.end(), value.length());
      } else {
        parameters(in, challenge.parameters());
      }
    }
    return found;
  }

  private static void parameters(Matcher in, Map<String, String> into) {
    while (isNext(in, PARAMETER)) {
      String quoted = in.group(2);
      String text =
          quoted == null ? Objects.requireNonNull(in.group(3)) : quoted.replaceAll("\\\\(.)", "$1");
      String name = Objects.requireNonNull(in.group(1));
      into.putIfAbsent(name.toLowerCase(Locale.ROOT), text);
      in.region(in.end(), in.regionEnd());
    }
  }

  /// Whether this comes next; the region begins where the last match ended.
  private static boolean isNext(Matcher in, Pattern pattern) {
    return in.usePattern(pattern).lookingAt();
  }
}
