package dev.sallyport.jose;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// An issuer's private keys for tests, and tokens of any shape signed with them by the JDK alone.
public final class SigningKeys {
  private static final Map<String, KeyPair> PAIRS = new ConcurrentHashMap<>();

  private SigningKeys() {}

  /// A key pair by kind and name, made once: `RSA/a`, `RSA1024/a`, `P-256/a`, `Ed25519/a`.
  public static KeyPair pair(String name) {
    return PAIRS.computeIfAbsent(name, n -> generate(n.substring(0, n.indexOf('/'))));
  }

  private static KeyPair generate(String kind) {
    try {
      KeyPairGenerator generator;
      switch (kind) {
        case "RSA", "RSA1024" -> {
          generator = KeyPairGenerator.getInstance("RSA");
          generator.initialize(kind.equals("RSA") ? 2048 : 1024);
        }
        case "Ed25519" -> generator = KeyPairGenerator.getInstance("Ed25519");
        default -> {
          generator = KeyPairGenerator.getInstance("EC");
          generator.initialize(new ECGenParameterSpec("secp" + kind.substring(2) + "r1"));
        }
      }
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /// The public JWK of a pair; `members` such as `"kid":"a"` are put in as they are.
  public static String jwk(String name, String... members) {
    String more = members.length == 0 ? "" : "," + String.join(",", members);
    return "{" + publicMembers(name) + more + "}";
  }

  public static String jwks(String... jwks) {
    return "{\"keys\":[" + String.join(",", jwks) + "]}";
  }

  private static String publicMembers(String name) {
    return switch (pair(name).getPublic()) {
      case RSAPublicKey rsa ->
          "\"kty\":\"RSA\",\"n\":\"%s\",\"e\":\"%s\""
              .formatted(number(rsa.getModulus(), 0), number(rsa.getPublicExponent(), 0));
      case ECPublicKey ec -> {
        int size = (ec.getParams().getCurve().getField().getFieldSize() + 7) / 8;
        yield "\"kty\":\"EC\",\"crv\":\"%s\",\"x\":\"%s\",\"y\":\"%s\""
            .formatted(
                name.substring(0, name.indexOf('/')),
                number(ec.getW().getAffineX(), size),
                number(ec.getW().getAffineY(), size));
      }
      default -> {
        byte[] der = pair(name).getPublic().getEncoded();
        byte[] x = Arrays.copyOfRange(der, der.length - 32, der.length);
        yield "\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"%s\"".formatted(base64(x));
      }
    };
  }

  private static String number(BigInteger value, int size) {
    byte[] bytes = value.toByteArray();
    byte[] bare = bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes;
    byte[] padded = new byte[Math.max(size, bare.length)];
    System.arraycopy(bare, 0, padded, padded.length - bare.length, bare.length);
    return base64(padded);
  }

  /// A token with this header and payload, signed by `alg` whatever the header says.
  public static String sign(String pair, String alg, String header, String payload) {
    String input = part(header) + "." + part(payload);
    try {
      Signature signature = Signature.getInstance(jcaName(alg));
      if (alg.startsWith("PS")) {
        signature.setParameter(pss(Integer.parseInt(alg.substring(2))));
      }
      signature.initSign(pair(pair).getPrivate());
      signature.update(input.getBytes(StandardCharsets.US_ASCII));
      return input + "." + base64(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String jcaName(String alg) {
    String digits = alg.substring(2);
    return switch (alg.substring(0, 2)) {
      case "RS" -> "SHA" + digits + "withRSA";
      case "PS" -> "RSASSA-PSS";
      case "ES" -> "SHA" + digits + "withECDSAinP1363Format";
      default -> "Ed25519";
    };
  }

  private static AlgorithmParameterSpec pss(int bits) {
    return new PSSParameterSpec(
        "SHA-" + bits, "MGF1", new MGF1ParameterSpec("SHA-" + bits), bits / 8, 1);
  }

  public static String part(String json) {
    return base64(json.getBytes(StandardCharsets.UTF_8));
  }

  public static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
