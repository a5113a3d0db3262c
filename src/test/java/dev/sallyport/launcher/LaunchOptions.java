package dev.sallyport.launcher;

import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;

/// What the user may choose. A port of 0 takes a free one and keeps it for the data folder.
///
/// @param nodes how many servers share the database; more than one stand behind HAProxy
public record LaunchOptions(int port, Path data, boolean demo, int nodes) {
  static final int STANDARD_PORT = 8080;
  static final int MOST_NODES = 4;

  /// Reads the command line; a relative folder is meant from `caller`.
  static LaunchOptions parse(List<String> arguments, Path caller, Path standardData) {
    LaunchOptions options = new LaunchOptions(STANDARD_PORT, standardData, true, 1);
    Iterator<String> rest = arguments.iterator();
    while (rest.hasNext()) {
      options = options.with(rest.next(), rest, caller);
    }
    return options;
  }

  private LaunchOptions with(String name, Iterator<String> rest, Path caller) {
    return switch (name) {
      case "--port" ->
          new LaunchOptions(number(name, value(name, rest), 0, 65_535), data, demo, nodes);
      case "--data" -> new LaunchOptions(port, caller.resolve(value(name, rest)), demo, nodes);
      case "--no-demo" -> new LaunchOptions(port, data, false, nodes);
      case "--nodes" ->
          new LaunchOptions(port, data, demo, number(name, value(name, rest), 1, MOST_NODES));
      default -> throw new LaunchFailedException("There is no option " + name + "; see --help.");
    };
  }

  private static String value(String name, Iterator<String> rest) {
    if (!rest.hasNext()) {
      throw new LaunchFailedException(name + " needs a value; see --help.");
    }
    return rest.next();
  }

  private static int number(String name, String text, int least, int most) {
    try {
      int number = Integer.parseInt(text);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Said below, as for a number out of range.
    }
    throw new LaunchFailedException(
        name + " must be a number from " + least + " to " + most + ", not " + text + ".");
  }
}
