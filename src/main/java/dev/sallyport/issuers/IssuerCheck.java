package dev.sallyport.issuers;

import dev.sallyport.jose.InvalidKeySetException;
import dev.sallyport.jose.KeySet;
import dev.sallyport.persistence.Json;
import dev.sallyport.problem.FieldErrors;
import dev.sallyport.problem.PlainText;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What must hold of an issuer before it is written. A static key set is parsed here, so that a
/// broken one is found now and not at the first call.
final class IssuerCheck {
  private IssuerCheck() {}

  static void check(IssuerInput input, String prefix, FieldErrors errors) {
    String iss = input.issuer();
    errors.addIf(
        iss == null
            || iss.isBlank()
            || iss.length() > 1_000
            || !iss.equals(iss.strip())
            || !PlainText.isLine(iss),
        prefix + "issuer",
        "must be the `iss` of the tokens, to the letter.");
    boolean hasUrl = input.jwksUrl() != null;
    boolean hasStatic = input.staticJwks() != null;
    errors.addIf(hasUrl && hasStatic, prefix + "staticJwks", "can't stand beside jwksUrl.");
    errors.addIf(
        !hasUrl && !hasStatic, prefix + "jwksUrl", "or staticJwks must say where the keys are.");
    errors.addIf(hasUrl && !isUrl(input.jwksUrl()), prefix + "jwksUrl", "must be an https URL.");
    Map<String, Object> keys = input.staticJwks();
    if (keys != null) {
      checkKeys(keys, prefix + "staticJwks", errors);
    }
    errors.addIf(
        input.subjectClaim() != null
            && (input.subjectClaim().isBlank() || !PlainText.isLine(input.subjectClaim())),
        prefix + "subjectClaim",
        "must name a claim, such as sub or oid.");
  }

  private static void checkKeys(Map<String, Object> keys, String field, FieldErrors errors) {
    try {
      KeySet.parse(Json.write(keys));
    } catch (InvalidKeySetException e) {
      errors.add(field, e.reason());
    }
  }

  private static boolean isUrl(@Nullable String text) {
    try {
      URI url = URI.create(String.valueOf(text));
      boolean isWeb = "https".equals(url.getScheme()) || "http".equals(url.getScheme());
      return isWeb && url.getHost() != null && url.getRawUserInfo() == null;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
