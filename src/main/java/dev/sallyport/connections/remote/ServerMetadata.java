package dev.sallyport.connections.remote;

import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.as.AuthorizationServerMetadata;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import java.net.URI;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// An authorization server's metadata, as it was read.
record ServerMetadata(AuthorizationServer server, boolean offersS256) {
  private static final String OAUTH = "/.well-known/oauth-authorization-server";
  private static final String OPENID = "/.well-known/openid-configuration";

  /// Where it may be: RFC 8414 section 3.1 first, then OpenID Connect Discovery's two forms.
  static List<URI> urls(URI issuer) {
    String text = withoutSlash(issuer.toString());
    String path = withoutSlash(issuer.getRawPath());
    String origin = text.substring(0, text.length() - path.length());
    return Stream.of(origin + OAUTH + path, origin + OPENID + path, text + OPENID)
        .distinct()
        .map(URI::create)
        .toList();
  }

  /// Empty where an endpoint is missing, is no URL of the web, or has less protection than the
  /// issuer.
  static Optional<ServerMetadata> parse(String text) {
    try {
      AuthorizationServerMetadata read = AuthorizationServerMetadata.parse(text);
      boolean isPlain = read.getIssuer().getValue().startsWith("http://");
      boolean areWeb =
          Stream.of(read.getAuthorizationEndpointURI(), read.getTokenEndpointURI())
              .allMatch(url -> url != null && isWeb(url, isPlain));
      return areWeb ? Optional.of(of(read, isPlain)) : Optional.empty();
    } catch (ParseException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static ServerMetadata of(AuthorizationServerMetadata read, boolean isPlain) {
    List<CodeChallengeMethod> methods = read.getCodeChallengeMethods();
    return new ServerMetadata(
        new AuthorizationServer(
            read.getIssuer().getValue(),
            read.getAuthorizationEndpointURI(),
            read.getTokenEndpointURI(),
            webOrNull(read.getRegistrationEndpointURI(), isPlain),
            webOrNull(read.getRevocationEndpointURI(), isPlain),
            names(read.getScopes()),
            names(read.getTokenEndpointAuthMethods()),
            read.supportsAuthorizationResponseIssuerParam(),
            Boolean.TRUE.equals(read.getCustomParameter("client_id_metadata_document_supported"))),
        methods != null && methods.contains(CodeChallengeMethod.S256));
  }

  /// A slash at the end is the one difference between issuers that means nothing.
  boolean isOf(String issuer) {
    return withoutSlash(server.issuer()).equals(withoutSlash(issuer));
  }

  static String withoutSlash(String text) {
    return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
  }

  private static @Nullable URI webOrNull(@Nullable URI url, boolean isPlain) {
    return url != null && isWeb(url, isPlain) ? url : null;
  }

  /// People and secrets are sent there: http only where the issuer itself is.
  private static boolean isWeb(URI url, boolean isPlain) {
    URI read = ResourceUrl.parse(url.toString());
    return read != null && (isPlain || "https".equalsIgnoreCase(read.getScheme()));
  }

  private static Set<String> names(@Nullable Collection<?> values) {
    return values == null
        ? Set.of()
        : values.stream().map(String::valueOf).collect(Collectors.toUnmodifiableSet());
  }
}
