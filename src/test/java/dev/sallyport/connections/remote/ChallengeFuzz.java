package dev.sallyport.connections.remote;

import dev.sallyport.fuzz.Holds;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/// Whatever a remote server sends as `WWW-Authenticate` is a challenge or none, in a moment.
public final class ChallengeFuzz {
  private ChallengeFuzz() {}

  public static void fuzzerTestOneInput(byte[] input) {
    List<String> lines =
        Arrays.asList(new String(input, StandardCharsets.ISO_8859_1).split("\n", -1));
    Challenge.parse(lines)
        .ifPresent(
            challenge ->
                Holds.that(
                    challenge.scopes().stream()
                        .allMatch(scope -> !scope.isEmpty() && scope.indexOf(' ') < 0),
                    "scopes are words"));
  }
}
