package dev.sallyport.gateway.mcp;

import dev.sallyport.fuzz.Holds;
import java.util.List;

/// Whatever a client sends as a body holds some messages or none.
public final class McpMessageFuzz {
  private static final int MOST = 50;

  private McpMessageFuzz() {}

  public static void fuzzerTestOneInput(byte[] input) {
    List<McpMessage> messages = McpMessage.read(input);
    Holds.that(messages.size() <= MOST, "bounded");
    for (McpMessage message : messages) {
      Holds.that(!message.isRequest() || message.id() != null, "a request has an id");
      message.meta("protocolVersion");
    }
  }
}
