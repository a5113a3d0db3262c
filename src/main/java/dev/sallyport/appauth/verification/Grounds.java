package dev.sallyport.appauth.verification;

import dev.sallyport.apps.LabelPattern;
import dev.sallyport.crypto.Fingerprint;
import dev.sallyport.persistence.Json;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// On what a token was let in, for those who know only its hash afterwards: a digest of all that
/// the deciding config asks of tokens, the same on every node, and the thumbprint of its key.
/// Lifetimes are no part of it, because they don't decide about a token that is in.
///
/// @param keyThumbprint null for a sign-in in the browser
public record Grounds(String rules, @Nullable String keyThumbprint) {
  /// Of a token that the app's deciding config has let in.
  public static Grounds of(AppFacts app, VerifiedToken token) {
    VerifiedToken.Signature signature = token.signature();
    return new Grounds(
        rules(app, token.config()), signature == null ? null : signature.keyThumbprint());
  }

  static String rules(AppFacts app, ConfigFacts config) {
    return Fingerprint.of(
        Json.write(
            Arrays.asList(
                app.canonicalUrl(),
                config.id(),
                config.issuer().id(),
                config.issuer().iss(),
                config.issuer().subjectClaim(),
                config.audience(),
                config.usernameClaims(),
                names(config),
                config.allow().stream().map(Grounds::rule).toList(),
                config.requiredScopes(),
                config.allowedClients(),
                config.acceptIdTokens(),
                config.viaApps())));
  }

  private static List<Object> rule(AllowRule rule) {
    return List.of(rule.claim(), rule.anyOf().stream().map(LabelPattern::text).toList());
  }

  // A set has no order that two nodes share.
  private static List<String> names(ConfigFacts config) {
    return config.algorithms().stream().map(Object::toString).sorted().toList();
  }
}
