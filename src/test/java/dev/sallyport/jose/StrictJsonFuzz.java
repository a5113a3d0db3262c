package dev.sallyport.jose;

import dev.sallyport.fuzz.Holds;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What is read can be written and read again as the same, and is not deep.
public final class StrictJsonFuzz {
  private static final StrictJson JSON = new StrictJson(4096, 256);
  private static final int MAX_DEPTH = 16;

  private StrictJsonFuzz() {}

  public static void fuzzerTestOneInput(byte[] input) {
    ObjectNode object = JSON.object(input);
    if (object != null) {
      Holds.that(depth(object) <= MAX_DEPTH, "bounded depth");
      Holds.that(object.size() <= 256, "bounded members");
      ObjectNode again = JSON.object(object.toString());
      Holds.that(again != null && again.size() == object.size(), "written and read again");
    }
  }

  private static int depth(JsonNode node) {
    int deepest = 0;
    for (JsonNode child : node) {
      deepest = Math.max(deepest, depth(child));
    }
    return node.isContainer() ? deepest + 1 : deepest;
  }
}
