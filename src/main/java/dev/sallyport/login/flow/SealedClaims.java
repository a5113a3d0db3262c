package dev.sallyport.login.flow;

import dev.sallyport.crypto.Secret;
import dev.sallyport.jose.Claims;
import dev.sallyport.login.ProviderDetails;
import dev.sallyport.persistence.Json;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// What a sign-in keeps of what the provider said, for the apps that the person opens in the
/// browser: the claims of the verified ID token, whose client is ours, and those about the person
/// that only user info had.
final class SealedClaims {
  private static final List<String> OF_EMAIL = List.of("email", "email_verified");
  private static final List<String> OF_NAME = List.of("name", "preferred_username");

  private SealedClaims() {}

  static Secret of(ProviderDetails provider, Claims claims, @Nullable Claims info) {
    ObjectNode all = object(claims);
    all.put("azp", provider.clientId());
    if (info != null) {
      ObjectNode more = object(info);
      // An address and whether it is verified belong together.
      List<String> email = claims.present("email") ? List.of() : OF_EMAIL;
      Stream.of(email, OF_NAME, List.of(groups(provider, more)))
          .flatMap(List::stream)
          .filter(name -> !all.has(name) && more.has(name))
          .forEach(name -> all.set(name, more.get(name)));
    }
    return new Secret(all.toString());
  }

  /// The member that holds the groups: a name that is a URL is one key, another may be a path.
  private static String groups(ProviderDetails provider, ObjectNode info) {
    String path = provider.groupsClaim();
    return info.has(path) ? path : path.split("\\.", 2)[0];
  }

  private static ObjectNode object(Claims claims) {
    return (ObjectNode) Json.MAPPER.readTree(claims.json());
  }
}
