package dev.sallyport.login.discovery;

import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import dev.sallyport.login.discovery.DiscoveryResult.Failed;
import dev.sallyport.login.discovery.DiscoveryResult.Found;
import dev.sallyport.login.discovery.DiscoveryResult.Reason;
import java.net.URI;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Reads a discovery document (OpenID Connect Discovery 1.0 section 4).
final class DiscoveryDocument {
  private DiscoveryDocument() {}

  static URI url(String issuer) {
    String base = issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
    return URI.create(base + "/.well-known/openid-configuration");
  }

  /// Without a look at the issuer or the algorithms.
  static DiscoveryResult parse(String text) {
    try {
      return metadata(OIDCProviderMetadata.parse(text));
    } catch (ParseException | IllegalArgumentException e) {
      return broken("The discovery document can't be read: it lacks a member, or is no JSON.");
    }
  }

  /// With everything that makes a provider unfit.
  static DiscoveryResult check(String text, String issuer) {
    DiscoveryResult result = parse(text);
    if (result instanceof Found(ProviderMetadata metadata)) {
      // Section 4.3: identical, else another issuer's document could stand here.
      if (!metadata.issuer().equals(issuer)) {
        return broken(otherIssuer(metadata, issuer));
      }
      if (metadata.isDowngraded()) {
        return new Failed(Reason.DOWNGRADED, onlyWeak(metadata));
      }
    }
    return result;
  }

  static String otherIssuer(ProviderMetadata metadata, String issuer) {
    return "The discovery document names the issuer %s, and not %s; they must be equal to the letter."
        .formatted(metadata.issuer(), issuer);
  }

  static String onlyWeak(ProviderMetadata metadata) {
    return "The provider signs ID tokens with %s only; none of them is ever accepted."
        .formatted(String.join(", ", metadata.idTokenAlgorithms()));
  }

  private static DiscoveryResult metadata(OIDCProviderMetadata read) {
    URI authorization = read.getAuthorizationEndpointURI();
    URI token = read.getTokenEndpointURI();
    URI jwks = read.getJWKSetURI();
    if (authorization == null || token == null || jwks == null) {
      return broken(
          "The discovery document lacks authorization_endpoint, token_endpoint or jwks_uri.");
    }
    boolean isPlain = read.getIssuer().getValue().startsWith("http://");
    boolean areWeb =
        Stream.of(authorization, token, jwks).allMatch(url -> isWeb(url, isPlain))
            && isAbsentOrWeb(read.getUserInfoEndpointURI(), isPlain)
            && isAbsentOrWeb(read.getEndSessionEndpointURI(), isPlain);
    if (!areWeb) {
      return broken("The discovery document names an endpoint that is no https URL.");
    }
    return new Found(
        new ProviderMetadata(
            read.getIssuer().getValue(),
            authorization,
            token,
            read.getUserInfoEndpointURI(),
            jwks,
            read.getEndSessionEndpointURI(),
            read.supportsAuthorizationResponseIssuerParam(),
            names(read.getTokenEndpointAuthMethods()),
            names(read.getIDTokenJWSAlgs())));
  }

  private static List<String> names(@Nullable List<?> values) {
    return values == null ? List.of() : values.stream().map(String::valueOf).toList();
  }

  private static boolean isAbsentOrWeb(@Nullable URI url, boolean isPlain) {
    return url == null || isWeb(url, isPlain);
  }

  /// Browsers are sent there, so nothing but the web; http only where the issuer itself is.
  private static boolean isWeb(URI url, boolean isPlain) {
    boolean isScheme =
        "https".equals(url.getScheme()) || (isPlain && "http".equals(url.getScheme()));
    return isScheme && url.getHost() != null && url.getRawUserInfo() == null;
  }

  static Failed broken(String detail) {
    return new Failed(Reason.BROKEN, detail);
  }
}
