package dev.sallyport.gateway;

import dev.sallyport.crypto.DeterministicBox;
import dev.sallyport.fuzz.Holds;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// No text but a sealed one opens, and nobody else's.
public final class SessionHeaderFuzz {
  private static final SessionHeader HEADER =
      new SessionHeader(new DeterministicBox(DeterministicBox.newKey()));
  private static final int MAX_ID = 1_000;
  private static final String OWNER = owner("alice");

  private SessionHeaderFuzz() {}

  private static String owner(String subject) {
    return "[\"app_1\",\"https://idp.example\",\"" + subject + "\"]";
  }

  public static void fuzzerTestOneInput(byte[] input) {
    String text = new String(input, StandardCharsets.ISO_8859_1);
    String coded = "v1." + Base64.getUrlEncoder().withoutPadding().encodeToString(input);
    Holds.that(HEADER.open(OWNER, text).isEmpty(), "forged");
    Holds.that(HEADER.open(OWNER, coded).isEmpty(), "forged, in its letters");
    if (text.length() > MAX_ID || text.indexOf('\n') >= 0) {
      return; // no header's value
    }
    String sealed = HEADER.seal(OWNER, new SessionHeader.Location("up_1", text, false));
    Holds.that(
        HEADER.open(OWNER, sealed).orElseThrow().sessionId().equals(text), "sealed and opened");
    Holds.that(HEADER.open(owner("eve"), sealed).isEmpty(), "another's");
  }
}
