package dev.sallyport.jose;

import com.nimbusds.jose.util.Base64URL;
import dev.sallyport.crypto.TokenHash;

/// A well-formed token, not verified. It is the token itself, so its printed form is the hash.
public record ParsedToken(
    TokenHash hash, TokenHeader header, Claims claims, String signingInput, Base64URL signature) {
  @Override
  public String toString() {
    return "token " + hash;
  }
}
