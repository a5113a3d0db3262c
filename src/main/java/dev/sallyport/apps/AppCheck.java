package dev.sallyport.apps;

import dev.sallyport.problem.FieldErrors;
import dev.sallyport.problem.PlainText;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What must hold of an app before it is written; every wrong field is named.
final class AppCheck {
  private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
  static final String NAME_RULE =
      "must be 1 to 63 of a-z, 0-9 and -, and begin and end with a letter or digit.";
  private static final Pattern LABEL_KEY = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._/-]{0,126})");
  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.-]{1,253}|\\[[0-9A-Fa-f:]+]");
  private static final Pattern ORIGIN =
      Pattern.compile("https?://([A-Za-z0-9.-]+|\\[[0-9A-Fa-f:]+])(:[0-9]{1,5})?");

  private final AppInput app;
  private final FieldErrors errors = new FieldErrors();

  private AppCheck(AppInput app) {
    this.app = app;
  }

  /// `console` is where the console is; an app can't be there.
  static void check(AppInput app, URI console) {
    AppCheck check = new AppCheck(app);
    check.name();
    check.labels();
    check.origins();
    check.publicAddress(console);
    check.uriAndUpstreams();
    check.traffic();
    check.description();
    check.errors.throwIfAny();
  }

  static boolean isName(@Nullable String name) {
    return name != null && NAME.matcher(name).matches();
  }

  private void name() {
    errors.addIf(!isName(app.name()), "name", NAME_RULE);
  }

  private void description() {
    String text = app.description();
    errors.addIf(
        !PlainText.isProse(text) || (text != null && text.length() > 1_000),
        "description",
        "must have at most 1,000 characters, none of them a control character.");
  }

  private void labels() {
    Map<String, String> labels = Objects.requireNonNullElse(app.labels(), Map.of());
    errors.addIf(labels.size() > 64, "labels", "must be at most 64.");
    labels.forEach(
        (key, value) -> {
          String field = "labels." + key;
          errors.addIf(
              key.startsWith(App.INTERNAL_PREFIX) && !isOwnKind(key, value),
              field,
              "is set by Sallyport and can't be written.");
          errors.addIf(
              !LABEL_KEY.matcher(key).matches(),
              field,
              "must have a key of letters, digits and ._/-.");
          errors.addIf(
              value == null || value.length() > 256 || !PlainText.isLine(value),
              field,
              "must be a text of at most 256 characters, none of them a control character.");
        });
  }

  /// What was read may be sent back: the label that stands there by itself changes nothing.
  private boolean isOwnKind(String key, String value) {
    Optional<AppKind> kind = AppKind.ofUri(Objects.requireNonNullElse(app.uri(), ""));
    return key.equals(App.KIND_LABEL) && kind.isPresent() && kind.get().code().equals(value);
  }

  private void origins() {
    List<String> origins = Objects.requireNonNullElse(app.allowedOrigins(), List.of());
    for (int i = 0; i < origins.size(); i++) {
      String origin = origins.get(i);
      errors.addIf(
          origin == null || !ORIGIN.matcher(origin).matches() || url(origin).isEmpty(),
          "allowedOrigins[" + i + "]",
          "must be an origin such as https://app.example, without a path.");
    }
  }

  private void publicAddress(URI console) {
    String address = app.publicAddress();
    if (address != null) {
      PublicAddress.check(address, console, errors);
      errors.addIf(
          AppKind.ofUri(Objects.requireNonNullElse(app.uri(), "")).equals(Optional.of(AppKind.MCP)),
          "publicAddress",
          "is for HTTP apps, which people open in a browser; this one is an MCP server.");
    }
  }

  private void uriAndUpstreams() {
    String uri = app.uri();
    Optional<URI> address =
        AppKind.ofUri(Objects.requireNonNullElse(uri, "")).flatMap(kind -> url(stripped(uri)));
    if (address.isEmpty()) {
      errors.add(
          "uri", "must be mcp+http(s)://host… for an MCP server or http(s)://host… for an app.");
      return;
    }
    List<String> listed = Objects.requireNonNullElse(app.upstreamHosts(), List.of());
    boolean isBad = listed.stream().anyMatch(h -> h == null || !HOST.matcher(h).matches());
    errors.addIf(isBad, "upstreamHosts", "must be host names.");
    var hosts = new TreeSet<String>();
    listed.stream()
        .filter(Objects::nonNull)
        .forEach(host -> hosts.add(host.toLowerCase(Locale.ROOT)));
    hosts.add(address.get().getHost().toLowerCase(Locale.ROOT));
    upstreams(hosts);
  }

  private void traffic() {
    Traffic traffic = app.traffic();
    if (traffic != null) {
      String uri = Objects.requireNonNullElse(app.uri(), "");
      AppKind.ofUri(uri).ifPresent(kind -> traffic.check(kind, errors));
    }
  }

  private void upstreams(TreeSet<String> hosts) {
    List<UpstreamInput> upstreams = Objects.requireNonNullElse(app.upstreams(), List.of());
    errors.addIf(upstreams.size() > 100, "upstreams", "must be at most 100.");
    var names = new TreeSet<String>();
    for (int i = 0; i < upstreams.size(); i++) {
      upstream(upstreams.get(i), "upstreams[" + i + "]", hosts, names);
    }
  }

  private void upstream(
      @Nullable UpstreamInput upstream,
      String field,
      TreeSet<String> hosts,
      TreeSet<String> names) {
    if (upstream == null) {
      errors.add(field, "must have a name and a url.");
      return;
    }
    errors.addIf(!isName(upstream.name()), field + ".name", NAME_RULE);
    errors.addIf(
        upstream.name() != null && !names.add(upstream.name()), field + ".name", "stands twice.");
    upstreamUrl(upstream.url(), field + ".url", hosts, errors);
  }

  /// Adds what is wrong with an upstream's address.
  static void upstreamUrl(
      @Nullable String text, String field, TreeSet<String> hosts, FieldErrors errors) {
    Optional<URI> url = url(text);
    if (url.isEmpty()) {
      errors.add(field, "must be http(s)://host… without user, query or fragment.");
    } else if (!hosts.contains(url.get().getHost().toLowerCase(Locale.ROOT))) {
      errors.add(
          field,
          "must be on the app's host or on one of upstreamHosts ("
              + String.join(", ", hosts)
              + ").");
    }
  }

  static String stripped(@Nullable String uri) {
    return uri != null && uri.startsWith("mcp+") ? uri.substring(4) : String.valueOf(uri);
  }

  private static Optional<URI> url(@Nullable String text) {
    try {
      URI url = URI.create(String.valueOf(text));
      boolean isHttp = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
      boolean isBare =
          url.getRawUserInfo() == null && url.getRawFragment() == null && url.getRawQuery() == null;
      boolean isPort = url.getPort() != 0 && url.getPort() <= 65_535;
      boolean isRight = isHttp && isBare && isPort && url.getHost() != null;
      return isRight ? Optional.of(url) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
