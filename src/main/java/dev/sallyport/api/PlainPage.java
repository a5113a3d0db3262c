package dev.sallyport.api;

import static java.util.regex.Matcher.quoteReplacement;

import dev.sallyport.crypto.RandomTokens;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Pattern;

/// A page of plain HTML beside the console, with marks to fill in. Its style runs by a nonce, its
/// script if the policy says so, and nothing else does.
///
/// @param file its name among the pages of the WAR
/// @param policy what its `Content-Security-Policy` says of forms and scripts, `%s` for the nonce
public record PlainPage(String file, String policy) {
  private static final Pattern MARK = Pattern.compile("\\{\\{([a-z_]+)\\}\\}");
  private static final String FOLDER = "/WEB-INF/pages/";
  private static final String POLICY =
      "default-src 'none'; style-src 'nonce-%s'; img-src 'self'; base-uri 'none';"
          + " frame-ancestors 'none'; ";

  /// A notice with marks for `head`, `title`, `lead` and `body`.
  public static PlainPage notice(String policy) {
    return new PlainPage("notice.html", policy);
  }

  /// Answers with the page.
  ///
  /// @param marks HTML for each mark: what is text has gone through [Html] before
  public void write(ServletContext files, HttpServletResponse response, Map<String, String> marks)
      throws IOException {
    String nonce = RandomTokens.id("");
    response.setContentType("text/html; charset=utf-8");
    response.setHeader("Cache-Control", "no-store");
    response.setHeader("Content-Security-Policy", (POLICY + policy).replace("%s", nonce));
    // In one pass: what is filled in may look like a mark.
    response
        .getWriter()
        .write(
            MARK.matcher(read(files))
                .replaceAll(mark -> quoteReplacement(value(mark.group(1), nonce, marks))));
  }

  private static String value(String mark, String nonce, Map<String, String> marks) {
    return mark.equals("nonce") ? nonce : marks.getOrDefault(mark, "");
  }

  private String read(ServletContext files) throws IOException {
    try (var in = files.getResourceAsStream(FOLDER + file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
