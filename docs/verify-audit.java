import java.io.BufferedReader;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Checks an export of the audit without a server or a database:
///
/// ```
/// java docs/verify-audit.java EXPORT.ndjson KEYS.json
/// ```
///
/// KEYS.json is the answer of `/api/v1/audit/keys`, kept since a time when the server was trusted.
/// Needs a JDK 25 and nothing else. Ends with 0 when every row is as it was sealed, none is missing
/// and none was added; with 1 when not, and says where; with 2 when it can't tell.
final class VerifyAudit {
  private static final Pattern START =
      Pattern.compile("\\{\"chain\":\\{\"start\":(\\d+),\"hash\":\"([0-9a-f]{64})\"}}");
  private static final Pattern SEALED =
      Pattern.compile(
          "(\\{.*),\"chain\":\\{\"position\":(\\d+),\"hash\":\"([0-9a-f]{64})\"}}",
          Pattern.DOTALL);
  private static final Pattern SKIPPED =
      Pattern.compile("\\{\"chain\":\\{\"position\":(\\d+),\"leaf\":\"([0-9a-f]{64})\"}}");
  private static final Pattern CHECKPOINT =
      Pattern.compile("\\{\"checkpoint\":\"([A-Za-z0-9_.-]+)\"}");
  private static final Pattern EXPORT = Pattern.compile("\\{\"export\":\"([A-Za-z0-9_.-]+)\"}");
  private static final HexFormat HEX = HexFormat.of();

  private final Map<String, PublicKey> keys;
  private final Map<Long, String> hashes = new HashMap<>();
  private final List<String> checkpoints = new ArrayList<>();
  private String startHash;
  private long start;
  private long position;
  private String hash;
  private String sealedHash;
  private long rows;
  private long unsealed;
  private String manifest;

  private static final class Broken extends RuntimeException {
    Broken(String message) {
      super(message);
    }
  }

  VerifyAudit(Map<String, PublicKey> keys) {
    this.keys = keys;
  }

  public static void main(String[] arguments) throws Exception {
    if (arguments.length != 2) {
      System.err.println("usage: java verify-audit.java EXPORT.ndjson KEYS.json");
      System.exit(2);
    }
    int code = 0;
    try {
      VerifyAudit audit = new VerifyAudit(keys(Files.readString(Path.of(arguments[1]))));
      audit.check(Path.of(arguments[0]));
      System.out.println(audit.summary());
    } catch (Broken e) {
      System.out.println("BROKEN: " + e.getMessage());
      code = 1;
    } catch (IOException e) {
      System.err.println("can't read: " + e.getMessage());
      code = 2;
    }
    System.exit(code);
  }

  private String summary() {
    return "OK: %d rows, %d of them sealed up to position %d, %d too young to be sealed; %d checkpoints match."
        .formatted(rows, rows - unsealed, position, unsealed, checkpoints.size());
  }

  private void check(Path file) throws IOException, GeneralSecurityException {
    long number = 0;
    try (BufferedReader lines = Files.newBufferedReader(file)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        number++;
        try {
          take(line);
        } catch (Broken e) {
          throw new Broken("line " + number + ": " + e.getMessage());
        }
      }
    }
    if (manifest == null) {
      throw new Broken("the last line is missing: was the export cut off, or made with a filter?");
    }
    checkManifest();
    for (String checkpoint : checkpoints) {
      checkCheckpoint(checkpoint);
    }
  }

  private void take(String line) {
    require(manifest == null, "something follows the signed end.");
    Matcher m;
    if ((m = START.matcher(line)).matches()) {
      require(hash == null, "a second beginning.");
      start = Long.parseLong(m.group(1));
      position = start;
      startHash = m.group(2);
      hash = startHash;
      return;
    }
    require(hash != null, "the first line says nothing of a chain: was a filter set?");
    if ((m = SEALED.matcher(line)).matches()) {
      link(Long.parseLong(m.group(2)), leaf(m.group(1) + "}"));
      require(hash.equals(m.group(3)), "the row at position " + position + " was changed.");
      rows++;
    } else if ((m = SKIPPED.matcher(line)).matches()) {
      link(Long.parseLong(m.group(1)), m.group(2));
    } else if ((m = CHECKPOINT.matcher(line)).matches()) {
      checkpoints.add(m.group(1));
    } else if ((m = EXPORT.matcher(line)).matches()) {
      manifest = m.group(1);
    } else {
      require(!line.contains("\"missing\":true"), "a row was missing when this was exported.");
      unsealed(line);
    }
  }

  private void link(long next, String leaf) {
    require(sealedHash == null, "a sealed row behind rows that are not.");
    require(next == position + 1, "position " + (position + 1) + " is missing.");
    position = next;
    hash = chain(hash, leaf);
    hashes.put(position, hash);
  }

  private void unsealed(String line) {
    if (sealedHash == null) {
      sealedHash = hash;
    }
    hash = chain(hash, leaf(line));
    rows++;
    unsealed++;
  }

  private void checkManifest() throws GeneralSecurityException {
    String claims = verified(manifest, "export");
    require(number(claims, "start") == start, "the beginning is not the one that was signed.");
    require(text(claims, "startHash").equals(startHash), "the beginning's hash is not the signed one.");
    require(number(claims, "position") == position, "the end is not the one that was signed.");
    require(
        text(claims, "hash").equals(sealedHash == null ? hash : sealedHash),
        "the chain's hash is not the one that was signed.");
    require(text(claims, "end").equals(hash), "rows behind the chain are not those that were signed.");
    require(number(claims, "rows") == rows, "the number of rows is not the one that was signed.");
    require(number(claims, "unsealed") == unsealed, "the number of unsealed rows is not the signed one.");
  }

  private void checkCheckpoint(String jws) throws GeneralSecurityException {
    String claims = verified(jws, "checkpoint");
    long at = number(claims, "position");
    require(
        text(claims, "hash").equals(hashes.get(at)),
        "the chain at position " + at + " is not what the checkpoint signed.");
  }

  /// The claims of a JWS with one of the keys (ES256, RFC 7518 section 3.4).
  private String verified(String jws, String kind) throws GeneralSecurityException {
    String[] parts = jws.split("\\.");
    require(parts.length == 3, "a signature has the wrong form.");
    String header = decoded(parts[0]);
    require(text(header, "alg").equals("ES256"), "a signature is not ES256.");
    PublicKey key = keys.get(text(header, "kid"));
    require(key != null, "no key " + text(header, "kid") + " among those given.");
    Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
    signature.initVerify(key);
    signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
    require(isRight(signature, parts[2]), "the signature of the " + kind + " is wrong.");
    String claims = decoded(parts[1]);
    require(text(claims, "kind").equals(kind), "a signed " + text(claims, "kind") + " for " + kind);
    return claims;
  }

  private static boolean isRight(Signature signature, String part) {
    try {
      return signature.verify(Base64.getUrlDecoder().decode(part));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      return false;
    }
  }

  private static String decoded(String part) {
    return new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8);
  }

  private static String leaf(String text) {
    return hash(0, new byte[0], text.getBytes(StandardCharsets.UTF_8));
  }

  private static String chain(String previous, String leaf) {
    return hash(1, HEX.parseHex(previous), HEX.parseHex(leaf));
  }

  private static String hash(int kind, byte[] first, byte[] second) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update((byte) kind);
      digest.update(first);
      return HEX.formatHex(digest.digest(second));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new Broken(otherwise);
    }
  }

  // What is read here was signed, and its members are flat.
  private static String text(String json, String member) {
    return find(json, "\"" + member + "\"\\s*:\\s*\"([^\"]*)\"", member);
  }

  private static long number(String json, String member) {
    return Long.parseLong(find(json, "\"" + member + "\"\\s*:\\s*(\\d+)", member));
  }

  private static String find(String json, String pattern, String member) {
    Matcher m = Pattern.compile(pattern).matcher(json);
    require(m.find(), "no " + member + " in what was signed.");
    return m.group(1);
  }

  private static Map<String, PublicKey> keys(String set) throws GeneralSecurityException {
    AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
    parameters.init(new ECGenParameterSpec("secp256r1"));
    ECParameterSpec curve = parameters.getParameterSpec(ECParameterSpec.class);
    Map<String, PublicKey> keys = new HashMap<>();
    Matcher jwk = Pattern.compile("\\{[^{}]*\"kty\"[^{}]*}").matcher(set);
    while (jwk.find()) {
      ECPoint point = new ECPoint(coordinate(jwk.group(), "x"), coordinate(jwk.group(), "y"));
      keys.put(
          text(jwk.group(), "kid"),
          KeyFactory.getInstance("EC").generatePublic(new ECPublicKeySpec(point, curve)));
    }
    return keys;
  }

  private static BigInteger coordinate(String jwk, String member) {
    return new BigInteger(1, Base64.getUrlDecoder().decode(text(jwk, member)));
  }
}
