package dev.sallyport.connections.flow;

import dev.sallyport.config.Settings;
import dev.sallyport.consolesessions.signin.ReturnPath;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Where people may be sent after they connected an account: pages of this site, and addresses that
/// the operator listed. Anything else would make this server a stepping stone for phishing.
@ApplicationScoped
class ReturnTargets {
  private static final int MAX_LENGTH = 2_000;

  @Inject Settings settings;

  /// The target as it was wanted, if it is a path of ours or one of the operator's entries covers
  /// it.
  Optional<String> accepted(@Nullable String wanted) {
    if (wanted == null || wanted.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    if (wanted.startsWith("/")) {
      return Optional.of(ReturnPath.of(wanted).value()).filter(wanted::equals);
    }
    URI target = parsed(wanted);
    boolean isListed =
        target != null
            && isPlain(target)
            && settings.connect().returnTo().stream().anyMatch(entry -> covers(entry, target));
    return isListed ? Optional.of(wanted) : Optional.empty();
  }

  /// The target with the name of the app in its query; a `server` that was there is replaced.
  static String withServer(String target, String app) {
    URI url = URI.create(target);
    String query = url.getRawQuery() == null ? "" : url.getRawQuery();
    String more = "server=" + URLEncoder.encode(app, StandardCharsets.UTF_8);
    String all =
        Stream.concat(
                Arrays.stream(query.split("&"))
                    .filter(part -> !part.isEmpty() && !part.split("=", 2)[0].equals("server")),
                Stream.of(more))
            .collect(Collectors.joining("&"));
    int end = target.indexOf('?');
    return (end < 0 ? target : target.substring(0, end)) + "?" + all;
  }

  private static @Nullable URI parsed(String wanted) {
    try {
      return new URI(wanted);
    } catch (URISyntaxException e) {
      return null;
    }
  }

  /// Nothing in it that two readers could read in two ways.
  private static boolean isPlain(URI target) {
    String path = target.getRawPath();
    return target.getHost() != null
        && target.getRawUserInfo() == null
        && target.getRawFragment() == null
        && path != null
        && !path.toLowerCase(Locale.ROOT).matches(".*(%2f|%5c|%00|//).*")
        && Arrays.stream(path.split("/", -1)).noneMatch(ReturnTargets::isDots);
  }

  private static boolean isDots(String segment) {
    String plain = segment.replaceAll("(?i)%2e", ".").replaceAll(";.*", "");
    return plain.equals(".") || plain.equals("..");
  }

  /// The path is the entry's, or goes on below it; both as they are written.
  private static boolean covers(URI entry, URI target) {
    String root = entry.getRawPath().replaceAll("/+$", "");
    String path = target.getRawPath();
    return entry.getScheme().equalsIgnoreCase(target.getScheme())
        && entry.getHost().equalsIgnoreCase(target.getHost())
        && port(entry) == port(target)
        && (path.equals(root) || path.equals(entry.getRawPath()) || path.startsWith(root + "/"));
  }

  private static int port(URI url) {
    if (url.getPort() >= 0) {
      return url.getPort();
    }
    return "https".equalsIgnoreCase(url.getScheme()) ? 443 : 80;
  }
}
