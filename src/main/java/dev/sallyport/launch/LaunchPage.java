package dev.sallyport.launch;

import static dev.sallyport.api.Html.escaped;
import static dev.sallyport.api.Html.prose;

import dev.sallyport.config.Settings;
import dev.sallyport.crypto.RandomTokens;
import dev.sallyport.problem.ProblemType;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/// Says why an app does not open, and whom to ask. Plain HTML without a script, one style by a
/// nonce.
@ApplicationScoped
class LaunchPage {
  private static final String PAGE = "/WEB-INF/pages/launch.html";

  @Inject Settings settings;

  /// One request and its answer.
  record Http(HttpServletRequest request, HttpServletResponse response) {}

  void refused(String app, ProblemType type, String detail, Http http) throws IOException {
    String nonce = RandomTokens.id("");
    HttpServletResponse response = http.response();
    response.setStatus(type.status());
    response.setContentType("text/html; charset=utf-8");
    response.setHeader(
        "Content-Security-Policy",
        ("default-src 'none'; style-src 'nonce-%s'; img-src 'self'; form-action 'none';"
                + " base-uri 'none'; frame-ancestors 'none'")
            .formatted(nonce));
    String text;
    try (var in = http.request().getServletContext().getResourceAsStream(PAGE)) {
      text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    response
        .getWriter()
        .write(
            text.replace("{{nonce}}", nonce)
                .replace("{{app}}", escaped(app))
                .replace("{{title}}", escaped(type.title()))
                .replace("{{detail}}", prose(told(type, detail)))
                .replace("{{fix}}", prose(type.fix()))
                .replace("{{code}}", escaped(type.code()))
                .replace("{{contact}}", escaped(settings.helpContact())));
  }

  /// The reasons for tokens, in words for somebody who has none.
  private static String told(ProblemType type, String detail) {
    return switch (type) {
      case NOT_ALLOWED -> "You are signed in, but the app's rules do not let you in.";
      case INSUFFICIENT_SCOPE ->
          "The app's rules ask for scopes, which an agent's token has and a browser has not.";
      default -> detail;
    };
  }
}
