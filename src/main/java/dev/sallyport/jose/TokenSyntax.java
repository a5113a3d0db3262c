package dev.sallyport.jose;

import com.nimbusds.jose.util.Base64URL;
import dev.sallyport.crypto.TokenHash;
import dev.sallyport.problem.ProblemType;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What a text is as a JWT, before anything in it is believed.
public sealed interface TokenSyntax {
  /// Longest token that is looked at.
  int MAX_LENGTH = 16 * 1024;

  /// Well formed; nothing is verified yet.
  record Parsed(ParsedToken token) implements TokenSyntax {}

  /// Not a JWT, and why. The detail never quotes the text.
  record Refused(ProblemType code, String detail) implements TokenSyntax {}

  /// Reads a compact JWS (RFC 7515 section 7.1) whose payload is a JSON object.
  static TokenSyntax read(String raw) {
    if (raw.length() > MAX_LENGTH) {
      return new Refused(ProblemType.TOKEN_TOO_LARGE, "The token is longer than 16 KiB.");
    }
    int first = raw.indexOf('.');
    int second = raw.indexOf('.', first + 1);
    if (first < 0 || second < 0 || raw.indexOf('.', second + 1) >= 0) {
      return malformed("A JWT has exactly three parts, joined by dots.");
    }
    return TokenParts.read(raw, first, second);
  }

  private static Refused malformed(String detail) {
    return new Refused(ProblemType.TOKEN_MALFORMED, detail);
  }

  /// The three parts of a text, and how they are read.
  final class TokenParts {
    private static final StrictJson HEADER = new StrictJson(256, 32);
    private static final StrictJson PAYLOAD = new StrictJson(4096, 256);

    private TokenParts() {}

    private static TokenSyntax read(String raw, int first, int second) {
      String header = raw.substring(0, first);
      String payload = raw.substring(first + 1, second);
      String signature = raw.substring(second + 1);
      if (!CanonicalBase64Url.isCanonical(header)
          || !CanonicalBase64Url.isCanonical(payload)
          || !CanonicalBase64Url.isCanonical(signature)) {
        return malformed("Each part of a JWT is non-empty, canonical base64url without padding.");
      }
      ObjectNode fields = HEADER.object(CanonicalBase64Url.decode(header));
      ObjectNode claims = PAYLOAD.object(CanonicalBase64Url.decode(payload));
      if (fields == null || claims == null) {
        return malformed("Header and payload are JSON objects without duplicate members.");
      }
      if (fields.has("crit")) {
        // RFC 7515 section 4.1.11: an extension that is not understood must be refused.
        return malformed("The header's `crit` names extensions that are not understood.");
      }
      for (String name : List.of("alg", "kid", "typ")) {
        if (fields.has(name) && !fields.get(name).isString()) {
          return malformed("The header's `" + name + "` is not a string.");
        }
      }
      return new Parsed(
          new ParsedToken(
              TokenHash.of(raw),
              new TokenHeader(text(fields, "alg"), text(fields, "kid"), text(fields, "typ")),
              new Claims(claims),
              raw.substring(0, second),
              new Base64URL(signature)));
    }

    private static @Nullable String text(ObjectNode fields, String name) {
      JsonNode field = fields.get(name);
      return field == null ? null : field.stringValue();
    }
  }
}
