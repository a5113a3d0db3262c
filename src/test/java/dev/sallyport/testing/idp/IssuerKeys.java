package dev.sallyport.testing.idp;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import java.util.ArrayList;
import java.util.List;

/// The issuer's RSA keys: the last one signs, all of them are published.
final class IssuerKeys {
  private final List<RSAKey> published = new ArrayList<>();

  IssuerKeys() {
    published.add(generate());
  }

  synchronized RSAKey current() {
    return published.getLast();
  }

  synchronized RSAKey rotate() {
    published.add(generate());
    return current();
  }

  synchronized void dropOld() {
    published.subList(0, published.size() - 1).clear();
  }

  synchronized JWKSet publicKeys() {
    return new JWKSet(published.stream().map(RSAKey::toPublicJWK).map(JWK.class::cast).toList());
  }

  private static RSAKey generate() {
    try {
      return new RSAKeyGenerator(2048)
          .keyUse(KeyUse.SIGNATURE)
          .algorithm(JWSAlgorithm.RS256)
          .keyIDFromThumbprint(true)
          .generate();
    } catch (JOSEException e) {
      throw new IllegalStateException("No RSA key", e);
    }
  }
}
