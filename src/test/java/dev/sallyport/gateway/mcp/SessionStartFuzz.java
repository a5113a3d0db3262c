package dev.sallyport.gateway.mcp;

import dev.sallyport.fuzz.Holds;
import java.nio.charset.StandardCharsets;

/// However a client begins, what is kept of it fits into a header and begins a session again;
/// whatever a server answers, it agrees or not.
public final class SessionStartFuzz {
  private static final int MOST = 2_000;
  private static final SessionStart AGREED =
      SessionStart.ofText("{\"protocolVersion\":\"2025-11-25\"}");

  private SessionStartFuzz() {}

  public static void fuzzerTestOneInput(byte[] input) {
    for (McpMessage message : McpMessage.read(input)) {
      SessionStart start = SessionStart.of(message);
      String text = start.text();
      Holds.that(text.length() <= MOST && text.indexOf('\n') < 0, "one short line");
      Holds.that(SessionStart.ofText(text).message().equals(start.message()), "kept");
      Holds.that(!start.version().isEmpty(), "some version");
    }
    String answer = new String(input, StandardCharsets.UTF_8);
    boolean isAgreed = AGREED.isAgreed(answer);
    Holds.that(!isAgreed || answer.contains("result"), "only with a result");
  }
}
