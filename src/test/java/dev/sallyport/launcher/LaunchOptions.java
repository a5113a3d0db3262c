package dev.sallyport.launcher;

import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;

/// What the user may choose. A port of 0 takes a free one and keeps it for the data folder.
public record LaunchOptions(int port, Path data, boolean demo) {
  static final int STANDARD_PORT = 8080;

  /// Reads the command line; a relative folder is meant from `caller`.
  static LaunchOptions parse(List<String> arguments, Path caller, Path standardData) {
    LaunchOptions options = new LaunchOptions(STANDARD_PORT, standardData, true);
    Iterator<String> rest = arguments.iterator();
    while (rest.hasNext()) {
      options = options.with(rest.next(), rest, caller);
    }
    return options;
  }

  private LaunchOptions with(String name, Iterator<String> rest, Path caller) {
    return switch (name) {
      case "--port" -> new LaunchOptions(port(value(name, rest)), data, demo);
      case "--data" -> new LaunchOptions(port, caller.resolve(value(name, rest)), demo);
      case "--no-demo" -> new LaunchOptions(port, data, false);
      default -> throw new LaunchFailedException("There is no option " + name + "; see --help.");
    };
  }

  private static String value(String name, Iterator<String> rest) {
    if (!rest.hasNext()) {
      throw new LaunchFailedException(name + " needs a value; see --help.");
    }
    return rest.next();
  }

  private static int port(String text) {
    try {
      int port = Integer.parseInt(text);
      if (port >= 0 && port <= 65_535) {
        return port;
      }
    } catch (NumberFormatException e) {
      // Said below, as for a number out of range.
    }
    throw new LaunchFailedException("--port must be a number from 0 to 65535, not " + text + ".");
  }
}
