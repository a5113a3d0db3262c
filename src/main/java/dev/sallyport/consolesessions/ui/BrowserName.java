package dev.sallyport.consolesessions.ui;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A `User-Agent` in words, such as "Chrome 141 on Windows". A claim of the browser, no proof.
final class BrowserName {
  // In this order: nearly every browser also calls itself Chrome or Safari.
  private static final Map<String, Pattern> BROWSERS = new LinkedHashMap<>();
  private static final Map<String, Pattern> SYSTEMS = new LinkedHashMap<>();

  static {
    BROWSERS.put("Edge", Pattern.compile("Edg(?:e|A|iOS)?/(\\d+)"));
    BROWSERS.put("Opera", Pattern.compile("OPR/(\\d+)"));
    BROWSERS.put("Firefox", Pattern.compile("(?:Firefox|FxiOS)/(\\d+)"));
    BROWSERS.put("Chrome", Pattern.compile("(?:Chrome|CriOS|Chromium)/(\\d+)"));
    BROWSERS.put("Safari", Pattern.compile("Version/(\\d+)[^ ]* .*Safari/"));
    BROWSERS.put("curl", Pattern.compile("^curl/(\\d+)"));
    SYSTEMS.put("iPhone", Pattern.compile("iPhone"));
    SYSTEMS.put("iPad", Pattern.compile("iPad"));
    SYSTEMS.put("Android", Pattern.compile("Android"));
    SYSTEMS.put("Windows", Pattern.compile("Windows"));
    SYSTEMS.put("macOS", Pattern.compile("Macintosh|Mac OS X"));
    SYSTEMS.put("ChromeOS", Pattern.compile("CrOS"));
    SYSTEMS.put("Linux", Pattern.compile("Linux"));
  }

  private BrowserName() {}

  static String of(String userAgent) {
    String browser = browser(userAgent);
    String system = system(userAgent);
    return system.isEmpty() ? browser : browser + " on " + system;
  }

  private static String browser(String userAgent) {
    for (var known : BROWSERS.entrySet()) {
      Matcher found = known.getValue().matcher(userAgent);
      if (found.find()) {
        return known.getKey() + " " + found.group(1);
      }
    }
    return userAgent.isBlank() ? "Unknown" : "Another browser";
  }

  private static String system(String userAgent) {
    return SYSTEMS.entrySet().stream()
        .filter(known -> known.getValue().matcher(userAgent).find())
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse("");
  }
}
