package dev.sallyport.api;

/// Text for the pages that are plain HTML with marks such as `{{title}}` to fill in.
public final class Html {
  private Html() {}

  /// Text as it can stand between tags and in quoted attributes.
  public static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;")
        // What a page puts in place of its own marks must bring no new ones.
        .replace("{{", "&#123;&#123;");
  }

  /// The same for sentences, in which names stand between backticks.
  public static String prose(String text) {
    return escaped(text).replaceAll("`([^`]*)`", "<code>$1</code>");
  }
}
