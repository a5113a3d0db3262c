package dev.sallyport.console;

import java.util.Locale;

/// Numbers with their nouns: "1 session", "1,204 sessions".
public final class Count {
  private Count() {}

  public static String of(long number, String noun) {
    return plain(number) + " " + noun + (number == 1 ? "" : "s");
  }

  public static String plain(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }
}
